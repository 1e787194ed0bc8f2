-- Notes that messages up to seq are safe elsewhere, and trims the log to those
-- that are not, the last so many, and those that a repeated input would need.
-- Returns what can be packed now: the version, what goes with it, the number of the
-- first message archived here, and those messages as far as the log has them.
local talk, log, ids, changed = unpack(KEYS)
local conversation, archived, keep = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])

local version, seq, fresh, notes, rest = opened(talk)
if not version then
  redis.call('ZREM', changed, conversation)
  return
end
local left = math.min(fresh, math.max(seq - archived, 0))
redis.call('SET', talk, joined(version, seq, left, notes, rest), 'KEEPTTL')
if left == 0 then
  redis.call('ZREM', changed, conversation)
end

local length = redis.call('LLEN', log)
if length > keep then
  local first = seq - math.max(left, keep) + 1
  notes = notes or older(ids)
  if notes ~= '' then
    local _, oldest = caused(notes, 1, seq)
    first = math.min(first, oldest)
  end
  redis.call('LTRIM', log, first - seq - 1, -1)
  length = redis.call('LLEN', log)
end
local now = math.min(fresh, length)
local loose = {}
if now > left then
  loose = redis.call('LRANGE', log, -now, -left - 1)
end
return {version, rest, seq - now + 1, loose}
