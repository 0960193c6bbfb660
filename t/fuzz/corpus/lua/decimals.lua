local a = egret.decimal("1.5")
return { receive = function(m)
  local b = m:decimal("CdtTrfTxInf/IntrBkSttlmAmt")
  local c = (a + b - 2) * a / 3
  if c > a and a <= b and c ~= a then m:reject{ code = "D", reason = tostring(-c), at = "CdtTrfTxInf/IntrBkSttlmAmt/@Ccy" } end
  for i, p in ipairs(m.green.projects) do c = c + p.allocated.value end
  m:warn{ code = "E", at = m.green.labels[1], reason = c .. "", fix = "x" }
end }
