-- Forgets a conversation: its state, its log, what is still to be sent, its
-- timers and its work, but for the work of one id, which is being carried out.
local desks, waiting, changed, send, due, work, claimed = unpack(KEYS, 6)
local conversation, except = ARGV[1], ARGV[2]

redis.call('DEL', KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5])
for _, list in ipairs({desks, waiting, changed, send}) do
  redis.call('ZREM', list, conversation)
end
local job, timer = 'w' .. conversation .. '\n', 't' .. conversation .. '\n'
for _, member in ipairs(redis.call('ZRANGE', due, 0, -1)) do
  local begins = string.sub(member, 1, #job)
  if begins == timer or begins == job and member ~= job .. except then
    redis.call('ZREM', due, member)
    redis.call('HDEL', work, member)
    redis.call('HDEL', claimed, member)
  end
end
return 1
