-- The messages after a sequence number, oldest first; at most the last so many.
local talk, log = KEYS[1], KEYS[2]
local after, limit = tonumber(ARGV[1]), tonumber(ARGV[2])

local last = redis.call('HGET', talk, 'seq')
if not last or after >= tonumber(last) then
  return {}
end
return redis.call('LRANGE', log, math.max(after - last, -limit), -1)
