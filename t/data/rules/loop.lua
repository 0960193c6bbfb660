-- SPDX-License-Identifier: Apache-2.0
-- A rule that never ends.
return { receive = function(m)
  while true do end
end }
