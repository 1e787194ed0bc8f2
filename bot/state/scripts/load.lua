-- What is known of a conversation, and what an input caused if it was handled.
-- Returns nil for an unknown conversation, else
-- {version, seq, desk and state, seen, number of the last message, {messages}}.
local talk, log, ids = unpack(KEYS)

local version, seq, _, notes, rest = opened(talk)
if not version then
  return false
end
notes = notes or older(ids)

local handled = noted(notes, ARGV[1])
local last, said = 0, {}
if handled then
  local _, first, many = caused(notes, handled, seq)
  if many > 0 then
    last = first + many - 1
    -- Counted from the end of the log, whose last message is -1.
    said = redis.call('LRANGE', log, first - seq - 1, last - seq - 1)
  end
end
return {version, tostring(seq), rest, handled and 1 or 0, last, said}
