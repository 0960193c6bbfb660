-- SPDX-License-Identifier: Apache-2.0
--
-- What we send names its purpose; what we receive is in a currency that we
-- settle, and every label in it was reviewed by somebody.

local settled = { CNY = true, USD = true }

return {
  send = function(m)
    local id = m:text("CdtTrfTxInf/PmtId/EndToEndId")
    if not id or not id:find("^E%d+$") then
      m:reject{ code = "XMB-010", at = "CdtTrfTxInf/PmtId/EndToEndId",
                reason = "our references are E and digits", iso = "NARR" }
    end
  end,

  receive = function(m)
    local currency = m:text("CdtTrfTxInf/IntrBkSttlmAmt/@Ccy")
    if currency and not settled[currency] then
      m:reject{ code = "XMB-020", at = "CdtTrfTxInf/IntrBkSttlmAmt/@Ccy",
                reason = "not a currency that we settle", iso = "AM11" }
    end
    for i, label in ipairs(m.green.labels) do
      if label.source == "DECL" then
        m:hold{ code = "XMB-021", at = label,
                reason = "label " .. label.code .. " is only declared",
                fix = "have it reviewed: Lbl/Src REVD" }
      end
    end
  end
}
