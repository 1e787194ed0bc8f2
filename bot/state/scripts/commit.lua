-- Writes one turn as a whole and returns 1, or returns 0 and writes nothing
-- when the conversation has moved on or the input was handled before.
local talk, log, ids, out, send, due, work, claimed, desks, waiting, changed = unpack(KEYS)

local taken = 0
local function arg()
  taken = taken + 1
  return ARGV[taken]
end
local function each(take)
  local n = tonumber(arg())
  for _ = 1, n do
    take()
  end
  return n
end
-- Appends so many arguments to a list; returns how many, how long it is then, and
-- whether it has begun.
local function append(list)
  local n = tonumber(arg())
  if n == 0 then
    return 0, 0, false
  end
  local length = redis.call('RPUSH', list, unpack(ARGV, taken + 1, taken + n))
  taken = taken + n
  return n, length, length == n
end

local conversation = arg()
local mark = arg()
local new = arg() == '1'
local version = arg()

local known, _, fresh, notes = opened(talk)
if new then
  if known then
    return 0
  end
  fresh, notes = 0, ''
  redis.call('DEL', log)
elseif known ~= version then
  return 0
else
  local before = notes
  notes = notes or older(ids)
  if noted(notes, mark) then
    return 0
  end
  if not before then
    redis.call('DEL', ids)
  end
end

local at = tonumber(arg())
local life, renewed = tonumber(arg()), tonumber(arg())
-- Lifetimes are renewed when so much of them has passed, not at every turn.
local renew = redis.call('PTTL', talk) < life - renewed

-- The log.
local nextversion, seq, rest = arg(), tonumber(arg()), arg()
local logmax = tonumber(arg())
local said, length, newlog = append(log)
if length > logmax then
  redis.call('LTRIM', log, -logmax, -1)
end
fresh = math.min(fresh + said, logmax)
redis.call('ZADD', changed, 'NX', at, conversation)

-- The input and the messages it caused. The input that led to this one caused them too.
local least, most, remember = tonumber(arg()), tonumber(arg()), tonumber(arg())
local when, begins, cause = tonumber(arg()), arg(), arg()
notes = counted(notes .. mark .. begins .. '  ', #notes + 1, said)
local causing = cause ~= '' and noted(notes, cause)
if causing then
  local _, first = caused(notes, causing, seq)
  notes = counted(notes, causing, seq - first + 1)
end
local kept, past = #notes / notesize, 0
while kept - past > most or kept - past > least and caused(notes, past * notesize + 1, seq) < when - remember do
  past = past + 1
end
notes = string.sub(notes, past * notesize + 1)

-- What is known.
local talked = joined(nextversion, seq, fresh, notes, rest)
if renew then
  redis.call('SET', talk, talked, 'PX', life)
else
  redis.call('SET', talk, talked, 'KEEPTTL')
end

-- The outbox.
local silence = arg() == '1'
local outmax = tonumber(arg())
if silence then
  for _, m in ipairs(redis.call('LRANGE', out, 0, -1)) do
    if string.sub(m, 1, 1) == 'b' then
      redis.call('LREM', out, 1, m)
    end
  end
end
local queued, waits, newout = append(out)
if waits > outmax then
  redis.call('LTRIM', out, -outmax, -1)
end
if queued > 0 then
  redis.call('ZADD', send, 'NX', at, conversation)
end

-- Work and timers: first what ended, then what begins.
local function job(id)
  return 'w' .. conversation .. '\n' .. id
end
local function timer(name)
  return 't' .. conversation .. '\n' .. name
end
each(function()
  local ended = arg()
  if redis.call('HDEL', work, job(ended)) == 1 then
    redis.call('ZREM', due, job(ended))
    redis.call('HDEL', claimed, job(ended))
  end
  -- A timer moved since it rang is no longer marked as claimed, and stays.
  if redis.call('HDEL', claimed, timer(ended)) == 1 then
    redis.call('ZREM', due, timer(ended))
  end
end)
each(function()
  local dropped = timer(arg())
  redis.call('ZREM', due, dropped)
  redis.call('HDEL', claimed, dropped)
end)
each(function()
  local set = timer(arg())
  redis.call('ZADD', due, arg(), set)
  redis.call('HDEL', claimed, set)
end)
local worktime = arg()
each(function()
  local begun = job(arg())
  redis.call('HSET', work, begun, arg())
  redis.call('ZADD', due, worktime, begun)
end)

-- The staff's list.
redis.call('ZADD', desks, arg(), conversation)
local since = arg()
if since ~= '' then
  redis.call('ZADD', waiting, since, conversation)
else
  redis.call('ZREM', waiting, conversation)
end
local listed = tonumber(arg())
if new then
  redis.call('ZREMRANGEBYSCORE', desks, '-inf', at - life)
  redis.call('ZREMRANGEBYRANK', desks, 0, -listed - 1)
  redis.call('ZREMRANGEBYSCORE', waiting, '-inf', at - life)
end

local lists = {[log] = newlog, [out] = newout}
for key, begun in pairs(lists) do
  if renew or begun then
    redis.call('PEXPIRE', key, life)
  end
end
redis.call('PUBLISH', arg(), conversation)
return 1
