return { send = function(m)
  local s = m:text("GrpHdr/MsgId") or ""
  s = s:rep(3):gsub("%w", "%0%0"):upper():reverse()
  for k, v in ("a=1, b=2"):gmatch("(%w+)=(%w+)") do s = s .. k .. v end
  m:warn{ code = "S", reason = string.format("%5.2f %s %q %x", 1.5, s, s, 255), iso = "NARR" }
end, receive = function(m)
  for e in m:each("CdtTrfTxInf/RmtInf/Ustrd") do
    m:hold{ code = "R-1", at = e, reason = e:text() .. tostring(e) }
  end
end }
