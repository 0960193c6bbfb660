return { receive = function(m)
  pcall(function() while true do pcall(error, {}) end end)
  local s = ("x"):rep(9) while true do s = s .. s; s:find((".-"):rep(9) .. "b") end
end, send = function(m) local function f() return 1 + pcall(f) end f(("a"):gsub("a", f)) end }
