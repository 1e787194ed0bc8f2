-- Lets a claim of a queue's head last longer. Returns 0 when the claim is
-- somebody else's by now, or has ended.
local send, claim = KEYS[1], KEYS[2]
local conversation, token, hold = unpack(ARGV)

if redis.call('HGET', claim, 'token') ~= token then
  return 0
end
redis.call('ZADD', send, hold, conversation)
return 1
