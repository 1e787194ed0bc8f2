-- The first so many messages that are not archived, oldest first.
-- Returns {number of the last, {messages}}, or nothing.
local talk, log = unpack(KEYS)
local limit = tonumber(ARGV[1])

local _, seq, fresh = opened(talk)
if not seq or fresh == 0 then
  return {}
end
local said = redis.call('LRANGE', log, -fresh, limit - fresh - 1)
return {seq - fresh + #said, said}
