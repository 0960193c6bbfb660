-- SPDX-License-Identifier: Apache-2.0
--
-- A bank holds what it is sent for a mainland project without a carbon
-- assessment, and every amount over what was agreed.

local limit = egret.decimal("50000000")

return { receive = function(m)
  for i, p in ipairs(m.green.projects) do
    if p.jurisdiction == "CN" and not p.carbonAssessment then
      m:hold{ code = "TPB-001", at = p, reason = "project carbon assessment is missing", fix = "add Prj/CrbnAssmt" }
    end
  end
  local amount = m:decimal("CdtTrfTxInf/IntrBkSttlmAmt")
  if amount and amount > limit then m:hold{ code = "TPB-002", at = "CdtTrfTxInf/IntrBkSttlmAmt", reason = "over the agreed limit" } end
end }
