-- Claims work and timers of one partition that are due.
-- Returns {member, due at, work or ''} one after the other.
local due, work, claimed = KEYS[1], KEYS[2], KEYS[3]
local now, hold, limit = ARGV[1], ARGV[2], ARGV[3]

local found = {}
local ready = redis.call('ZRANGEBYSCORE', due, '-inf', now, 'WITHSCORES', 'LIMIT', 0, limit)
for i = 1, #ready, 2 do
  local member = ready[i]
  -- The first claim notes when it was due; a later one finds that note.
  redis.call('HSETNX', claimed, member, string.format('%.0f', tonumber(ready[i + 1])))
  redis.call('ZADD', due, hold, member)
  found[#found + 1] = member
  found[#found + 1] = redis.call('HGET', claimed, member)
  found[#found + 1] = redis.call('HGET', work, member) or ''
end
return found
