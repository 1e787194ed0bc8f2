-- Claims the head of the first queue of one partition whose time has come, or of
-- one conversation's, if that has.
-- The keys of a queue are named here, because only the sorted set knows whose
-- turn it is; they share its slot. Returns nil or {conversation, entry, tries}.
local send = KEYS[1]
local base, now, hold, token, life, only = unpack(ARGV)

local function ready()
  if only == '' then
    return redis.call('ZRANGEBYSCORE', send, '-inf', now, 'LIMIT', 0, 1)[1]
  end
  local at = redis.call('ZSCORE', send, only)
  return at and tonumber(at) <= tonumber(now) and only
end

while true do
  local conversation = ready()
  if not conversation then
    return false
  end
  local claim = base .. 'claim:' .. conversation
  local head = redis.call('LINDEX', base .. 'out:' .. conversation, 0)
  if head then
    local seq = string.match(head, '^%a(%d+)')
    local before = redis.call('HMGET', claim, 'seq', 'tries')
    local tries = 0
    if before[1] == seq then
      tries = before[2] + 1
    end
    redis.call('HSET', claim, 'seq', seq, 'tries', tries, 'token', token)
    redis.call('PEXPIRE', claim, life)
    redis.call('ZADD', send, hold, conversation)
    return {conversation, head, tries}
  end
  redis.call('ZREM', send, conversation)
  redis.call('DEL', claim)
end
