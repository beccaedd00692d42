-- For wrk: asks for the addresses of a file by turns, and prints one line of JSON at the end.
-- Called as: wrk … -s bench/report.lua ADDRESS -- FILE [MILLISECONDS that each connection rests]

local function by_turns(paths)
  math.randomseed(os.time())
  local at = math.random(#paths)
  return function()
    at = at % #paths + 1
    return wrk.format("GET", paths[at])
  end
end

function init(args)
  local paths = {}
  for line in io.lines(args[1]) do paths[#paths + 1] = line end
  if #paths == 1 then
    wrk.path = paths[1] -- wrk then makes its request once
  else
    request = by_turns(paths)
  end
  local rest = tonumber(args[2] or 0)
  if rest > 0 then delay = function() return rest end end
end

function done(summary, latency, requests)
  local e = summary.errors
  io.write(string.format(
    '{"requests":%d,"seconds":%.3f,"bytes":%d,"p50":%.3f,"p95":%.3f,"p99":%.3f,"failed":%d}\n',
    summary.requests, summary.duration / 1e6, summary.bytes,
    latency:percentile(50) / 1e3, latency:percentile(95) / 1e3, latency:percentile(99) / 1e3,
    e.connect + e.read + e.write + e.status + e.timeout))
end
