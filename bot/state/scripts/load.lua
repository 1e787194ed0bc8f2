-- What is known of a conversation, and what an input caused if it was handled.
-- Returns nil for an unknown conversation, else
-- {version, seq, state, seen, {messages}}.
local talk, log, ids = KEYS[1], KEYS[2], KEYS[3]

local known = redis.call('HMGET', talk, 'version', 'seq', 'state')
if not known[1] then
  return false
end

local handled = redis.call('HGET', ids, ARGV[1])
local said = {}
if handled then
  local first, last = string.match(handled, '^%d+ (%d+) (%d+)$')
  if tonumber(first) <= tonumber(last) then
    -- Counted from the end of the log, whose last message is -1.
    said = redis.call('LRANGE', log, first - known[2] - 1, last - known[2] - 1)
  end
end
return {known[1], known[2], known[3], handled and 1 or 0, said}
