-- Sends the requests of a file in turn: `wrk -s walk.lua URL -- FILE FIRST`. Each stands there whole, as it goes over
-- the wire, and ends with a NUL.
dofile((debug.getinfo(1, "S").source:sub(2):match("^(.*)/") or ".") .. "/told.lua")

local requests, at = {}, 0

function init(args)
  requests = told.read(args[1])
  at = tonumber(args[2])
end

function request()
  at = at % #requests + 1
  return requests[at]
end
