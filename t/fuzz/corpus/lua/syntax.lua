return {
 send = function(m) goto x end }