return { send = function(m)
  local t = {} for k, v in pairs(m.green.labels[1]) do table.insert(t, k) end
  table.sort(t, function(a, b) return a > b end)
  m:warn{ code = "T", reason = table.concat(t, ",", 1, #t - 1) .. table.remove(t, 1) .. select("#", unpack(t)) .. tostring(next(t)) }
  print = setmetatable({}, { __index = function(t, k) return k end, __call = function() return 1 end })
  m:hold{ code = "U", reason = print.x .. print() .. math.floor(1.5) .. bit.band(3, 5) }
end }
