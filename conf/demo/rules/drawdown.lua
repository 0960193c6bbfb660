-- SPDX-License-Identifier: Apache-2.0
--
-- A rule with a fault, for the demo: it counts how often a line names a
-- drawdown, and never moves past the first one.

return { receive = function(m)
  for line in m:each("CdtTrfTxInf/RmtInf/Ustrd") do
    local text, from, count = line:text(), 1, 0
    while text:find("drawdown", from, true) do
      count = count + 1
    end
    if count > 1 then
      m:warn{ code = "JBB-001", at = line, reason = "two drawdowns in a line" }
    end
  end
end }
