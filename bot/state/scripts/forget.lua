-- Forgets the conversations of a partition that have been idle longest, until
-- at most so many are left. Only the Redis inside the process needs it, where
-- all keys are in one place. Returns how many were forgotten.
local desks, waiting, changed = KEYS[1], KEYS[2], KEYS[3]
local base, most = ARGV[1], tonumber(ARGV[2])

local many = redis.call('ZCARD', desks) - most
for _ = 1, many do
  local idle = redis.call('ZRANGE', desks, 0, 0)[1]
  for _, kind in ipairs({'talk:', 'log:', 'out:', 'claim:'}) do
    redis.call('DEL', base .. kind .. idle)
  end
  redis.call('ZREM', desks, idle)
  redis.call('ZREM', waiting, idle)
  redis.call('ZREM', changed, idle)
end
return math.max(many, 0)
