-- Gives n turns to one who asks, where at most so many may be had within a span
-- of time. Returns how many milliseconds to wait for them; when that is longer
-- than the caller's patience they are not given, and it returns that less than 0.
local turns = KEYS[1]
local now, n, limit, span, patience = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5])

-- The list holds the last turns, the newest first.
local newest, before = redis.call('LINDEX', turns, 0), redis.call('LINDEX', turns, limit - n)
local at = math.max(now, tonumber(newest or 0), before and before + span or 0)
local wait = at - now
if wait > patience then
  return -wait
end
for _ = 1, n do
  redis.call('LPUSH', turns, string.format('%.0f', at))
end
redis.call('LTRIM', turns, 0, limit - 1)
redis.call('PEXPIRE', turns, string.format('%.0f', wait + span))
return wait
