-- The first so many messages that are not archived, oldest first.
local talk, log = KEYS[1], KEYS[2]
local limit = tonumber(ARGV[1])

local length = redis.call('LLEN', log)
local known = redis.call('HMGET', talk, 'seq', 'archived')
local fresh = length
if known[1] and known[2] then
  fresh = math.min(known[1] - known[2], length)
end
if fresh == 0 then
  return {}
end
return redis.call('LRANGE', log, length - fresh, length - fresh + limit - 1)
