-- What other scripts begin with.

-- Conversations that a program before kept otherwise, as a hash with a list of
-- its inputs, are written anew. They live 90 days; then this can go.
local function rewritten(talk, log, ids)
  local version, seq, archived, desk, state = unpack(redis.call('HMGET', talk, 'version', 'seq', 'archived', 'desk', 'state'))
  local fresh = redis.call('LLEN', log)
  if archived then
    fresh = math.min(fresh, seq - archived)
  end
  local known = table.concat({version, seq, fresh, #desk, desk .. state}, ' ')
  redis.call('SET', talk, known, 'PX', redis.call('PTTL', talk))
  local inputs = redis.call('HGETALL', ids)
  for i = 1, #inputs, 2 do
    local at, first, last = string.match(inputs[i + 1], '(%d+) (%d+) (%d+)')
    redis.call('HSET', ids, inputs[i], math.floor(at / 1000) .. ' ' .. first .. ' ' .. last - first + 1)
  end
  redis.call('DEL', (string.gsub(talk, '}:talk:', '}:order:', 1)))
  return known
end

-- The version, the sequence number, how many messages are not archived, and what
-- scripts do not look into; nothing of an unknown conversation.
local function opened(talk, log, ids)
  local known = redis.pcall('GET', talk)
  if type(known) == 'table' then
    known = rewritten(talk, log, ids)
  end
  if known then
    return string.match(known, '^(%d+) (%d+) (%d+) (.*)$')
  end
end

-- What is noted of an input by its mark. A program before noted it by its id, for 25
-- hours; then that can go.
local function noted(ids, mark, id)
  return redis.call('HGET', ids, mark) or redis.call('HGET', ids, id)
end

-- What an input caused: when, the number of the first message, and how many.
local function caused(note)
  local at, first, many = string.match(note, '^(%w+)%.(%w+)%.(%d+)$')
  if at then
    return tonumber(at, 36), tonumber(first, 36), tonumber(many)
  end
  return string.match(note, '^(%d+) (%d+) (%d+)$')
end
