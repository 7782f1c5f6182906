-- Rotates refresh tokens, each request with one that an earlier answer gave: `wrk -s chain.lua URL -- FILE`. The file
-- holds what stands before a token in the request, what stands after it, and the first tokens, each ended by a NUL. All
-- tokens are of one length, so that the request's own stays true.
dofile((debug.getinfo(1, "S").source:sub(2):match("^(.*)/") or ".") .. "/told.lua")

local before, after
local tokens, first, last = {}, 1, 0

local function keep(token)
  last = last + 1
  tokens[last] = token
end

function init(args)
  for at, part in ipairs(told.read(args[1])) do
    if at == 1 then before = part elseif at == 2 then after = part else keep(part) end
  end
end

function request()
  local token = tokens[first]
  tokens[first] = nil
  first = first + 1
  return before .. token .. after
end

function response(status, headers, body)
  keep(assert(body:match('"RefreshToken":"([^"]+)"'), "an answer without a refresh token"))
end
