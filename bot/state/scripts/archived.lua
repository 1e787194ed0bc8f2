-- Notes that messages up to seq are safe elsewhere, and trims the log to those
-- that are not, the last so many, and those that a repeated input would need.
local talk, log, ids, order, changed = unpack(KEYS)
local conversation, seq, keep = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])

local known = redis.call('HMGET', talk, 'seq', 'archived')
if not known[1] then
  redis.call('ZREM', changed, conversation)
  return
end
local last = tonumber(known[1])
local archived = math.max(math.min(seq, last), tonumber(known[2] or 0))
redis.call('HSET', talk, 'archived', archived)
if archived == last then
  redis.call('ZREM', changed, conversation)
end

local first = math.min(archived + 1, last - keep + 1)
local oldest = redis.call('LINDEX', order, 0)
local caused = oldest and redis.call('HGET', ids, oldest)
if caused then
  first = math.min(first, tonumber(string.match(caused, '^%d+ (%d+)')))
end
redis.call('LTRIM', log, first - last - 1, -1)
