-- What other scripts begin with.

-- A note tells of an input: its mark (8 bytes), when in seconds (4), the number of
-- the first message it caused without its higher bits (4), and how many it caused
-- (2), the high byte of each first. Notes are one after the other, the oldest first.
local notesize = 18

-- A number of so many bytes of notes.
local function number(notes, at, bytes)
  local n = 0
  for i = at, at + bytes - 1 do
    n = n * 256 + string.byte(notes, i)
  end
  return n
end

-- Notes with another count of messages in the one at a place.
local function counted(notes, at, many)
  many = math.min(many, 65535)
  local count = string.char(math.floor(many / 256), many % 256)
  return string.sub(notes, 1, at + notesize - 3) .. count .. string.sub(notes, at + notesize)
end

-- Where the note of an input is, by its mark; nothing when there is none.
local function noted(notes, mark)
  local at = string.find(notes, mark, 1, true)
  while at and at % notesize ~= 1 do
    at = string.find(notes, mark, at + 1, true)
  end
  return at
end

-- What the input of the note at a place caused, in a conversation whose last message
-- has number seq: when, the number of the first message, and how many.
local function caused(notes, at, seq)
  local first = seq - (seq + 1 - number(notes, at + 12, 4)) % 4294967296 + 1
  return number(notes, at + 8, 4), first, number(notes, at + 16, 2)
end

-- The notes of a conversation that a program before wrote last, which kept them in a
-- hash. It lives 90 days; then this can go.
local function older(ids)
  local found = {}
  local all = redis.call('HGETALL', ids)
  for i = 1, #all, 2 do
    local when, first, many = string.match(all[i + 1], '^(%w+)%.(%w+)%.(%d+)$')
    if when and #all[i] == 8 then
      found[#found + 1] = {mark = all[i], when = tonumber(when, 36), first = tonumber(first, 36), many = tonumber(many)}
    end
  end
  table.sort(found, function(a, b)
    if a.first ~= b.first then
      return a.first < b.first
    end
    return a.many < b.many
  end)
  local function bytes(n)
    return string.char(math.floor(n / 16777216) % 256, math.floor(n / 65536) % 256, math.floor(n / 256) % 256, n % 256)
  end
  local notes = ''
  for _, n in ipairs(found) do
    local at = #notes + 1
    notes = counted(notes .. n.mark .. bytes(n.when) .. bytes(n.first) .. '  ', at, n.many)
  end
  return notes
end

-- The version, the sequence number, how many messages are not archived, the notes of
-- inputs, and what scripts do not look into; nothing of an unknown conversation.
-- Notes are nil when the conversation is kept as a program before wrote it.
local function opened(talk)
  local known = redis.call('GET', talk)
  if not known then
    return
  end
  local version, seq, fresh, notes, at = string.match(known, '^(%d+) (%d+) (%d+) i(%d+) ()')
  if not version then
    local rest
    version, seq, fresh, rest = string.match(known, '^(%d+) (%d+) (%d+) (.*)$')
    return version, tonumber(seq), tonumber(fresh), nil, rest
  end
  local size = notes * notesize
  return version, tonumber(seq), tonumber(fresh), string.sub(known, at, at + size - 1), string.sub(known, at + size)
end

-- What opened takes apart.
local function joined(version, seq, fresh, notes, rest)
  if notes then
    rest = 'i' .. #notes / notesize .. ' ' .. notes .. rest
  end
  return table.concat({version, seq, fresh, rest}, ' ')
end
