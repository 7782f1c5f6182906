-- What every load shares: how it reads what it is to send, and what it tells at its end, as one line of JSON.
told = {}

function told.read(path)
  local file = assert(io.open(path, "rb"))
  local text = file:read("*a")
  file:close()
  local parts = {}
  for part in text:gmatch("(%Z*)%z") do parts[#parts + 1] = part end
  return parts
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    '\n{"requests":%d,"microseconds":%d,"refused":%d,"broken":%d,"median":%d}\n',
    summary.requests,
    summary.duration,
    errors.status,
    errors.connect + errors.read + errors.write + errors.timeout,
    latency:percentile(50)
  ))
end
