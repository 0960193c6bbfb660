-- SPDX-License-Identifier: Apache-2.0
-- Counts what it was asked: of one message only, whatever ran before.
count = 0
return { send = function(m)
  count = count + 1
  m:warn{ code = "COUNT", reason = "counted " .. count }
end }
