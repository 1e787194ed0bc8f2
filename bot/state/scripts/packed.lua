-- Puts in place what was packed: what goes with a version, unless that has moved on,
-- and messages from a number on, as far as the log still has them.
local talk, log = unpack(KEYS)
local of, rest, first = ARGV[1], ARGV[2], tonumber(ARGV[3])

local version, seq, fresh, notes = opened(talk)
if not version then
  return 0
end
if version == of then
  redis.call('SET', talk, joined(version, seq, fresh, notes, rest), 'KEEPTTL')
end
local length = redis.call('LLEN', log)
for i = 4, #ARGV do
  local place = first + i - 4 - seq - 1
  if -place <= length then
    redis.call('LSET', log, place, ARGV[i])
  end
end
return 1
