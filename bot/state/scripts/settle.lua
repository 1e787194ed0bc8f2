-- Ends the claim of a queue's head: removes the head when it was sent, and
-- sets the queue's next time. The queue keeps its time also when it is empty,
-- so that what is said next is not sent too early. Returns 0 when the claim is
-- somebody else's by now.
local send, out, claim = KEYS[1], KEYS[2], KEYS[3]
local conversation, token, next, sent = unpack(ARGV)

local held = redis.call('HMGET', claim, 'token', 'seq')
if held[1] ~= token then
  return 0
end
redis.call('HDEL', claim, 'token')
if sent == '1' then
  local head = redis.call('LINDEX', out, 0)
  -- The head may have been unsaid while it was being sent.
  if head and string.match(head, '^%a(%d+)') == held[2] then
    redis.call('LPOP', out)
  end
end
redis.call('ZADD', send, next, conversation)
return 1
