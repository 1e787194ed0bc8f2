-- Ends the claim of a queue's head: removes the head when it was sent, and
-- sets the queue's next time. The queue keeps its time also when it is empty,
-- so that what is said next is not sent too early, unless it is spared: what was
-- sent, the pause; what was not, the count of one more try.
-- Returns 0 when the claim is somebody else's by now, 1 when the queue is empty,
-- else 2.
local send, out, claim = KEYS[1], KEYS[2], KEYS[3]
local conversation, token, next, sent, spared = unpack(ARGV)

local held = redis.call('HMGET', claim, 'token', 'seq')
if held[1] ~= token then
  return 0
end
if sent == '1' then
  local head = redis.call('LINDEX', out, 0)
  -- The head may have been unsaid while it was being sent.
  if head and string.match(head, '^%a(%d+)') == held[2] then
    redis.call('LPOP', out)
  end
end
local empty = redis.call('EXISTS', out) == 0
if empty and spared == '1' then
  redis.call('ZREM', send, conversation)
  redis.call('DEL', claim)
  return 1
end
if sent ~= '1' and spared == '1' then
  redis.call('HINCRBY', claim, 'tries', -1)
end
redis.call('HDEL', claim, 'token')
redis.call('ZADD', send, next, conversation)
return empty and 1 or 2
