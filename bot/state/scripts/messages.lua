-- The messages after a sequence number, oldest first; at most the last so many.
-- Returns {number of the last, {messages}}, or nothing.
local talk, log = unpack(KEYS)
local after, limit = tonumber(ARGV[1]), tonumber(ARGV[2])

local _, last = opened(talk)
if not last or after >= last then
  return {}
end
return {last, redis.call('LRANGE', log, math.max(after - last, -limit), -1)}
