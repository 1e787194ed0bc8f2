-- Notes that messages up to seq are safe elsewhere, and trims the log to those
-- that are not, the last so many, and those that a repeated input would need.
local talk, log, ids, changed = unpack(KEYS)
local conversation, archived, keep = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])

local version, seq, fresh, rest = opened(talk, log, ids)
if not version then
  redis.call('ZREM', changed, conversation)
  return
end
local left = math.min(tonumber(fresh), math.max(seq - archived, 0))
redis.call('SET', talk, table.concat({version, seq, left, rest}, ' '), 'KEEPTTL')
if left == 0 then
  redis.call('ZREM', changed, conversation)
end

if redis.call('LLEN', log) > keep then
  local first = seq - math.max(left, keep) + 1
  for _, noted in ipairs(redis.call('HVALS', ids)) do
    local _, from = caused(noted)
    first = math.min(first, tonumber(from))
  end
  redis.call('LTRIM', log, first - seq - 1, -1)
end
