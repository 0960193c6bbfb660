# SPDX-License-Identifier: Apache-2.0

# ngx_http_lua_module in the same nginx: Lua of the operator's in each phase
# around a message. Skipped without Debian's libnginx-mod-http-lua, which
# scripts/setup installs; EGRET_LUA_ROOT names a folder that its packages are unpacked in.

use Egret::Gateway;

my ($root, @modules);

BEGIN {
    $root = $ENV{EGRET_LUA_ROOT} // '';
    @modules = map { "$root/usr/lib/nginx/modules/$_.so" }
        qw(ndk_http_module ngx_http_lua_module);
    $ENV{TEST_NGINX_LOAD_MODULES} = join ' ', @modules,
        $ENV{TEST_NGINX_LOAD_MODULES};
    $ENV{TEST_NGINX_LUA_PATH} = "$root/usr/share/lua/5.1/?.lua;;";

    if (grep { !-e } @modules) {
        print "1..0 # SKIP libnginx-mod-http-lua is not installed\n";
        exit 0;
    }
}

use Test::Nginx::Socket 'no_plan';

each_way();

add_block_preprocessor(sub {
    my ($block) = @_;
    $block->set_value(settings =>
        'lua_package_path "$TEST_NGINX_LUA_PATH";');
});

run_tests();

__DATA__

=== TEST 1: loaded beside, and asked nothing
--- request eval
::post(::line())
--- response_headers
Egret-Verdict: accepted
--- judged: accepted
--- delivered eval
::line()



=== TEST 2: Lua in the rewrite and access phases
--- location
rewrite_by_lua_block { ngx.ctx.seen = ngx.var.egret_partner }
access_by_lua_block { if ngx.ctx.seen ~= "xiamen-bank" then ngx.exit(500) end }
--- request eval
::post(::line())
--- response_headers
Egret-Verdict: accepted
--- judged: accepted
--- delivered eval
::line()



=== TEST 3: Lua that reads the body first
--- location
access_by_lua_block { ngx.req.read_body() }
--- request eval
::post(::line())
--- response_headers
Egret-Verdict: accepted
--- judged: accepted
--- delivered eval
::line()



=== TEST 4: Lua that sleeps
--- location
access_by_lua_block { ngx.sleep(0.05) }
--- request eval
::post(::line())
--- response_headers
Egret-Verdict: accepted
--- judged: accepted
--- delivered eval
::line()



=== TEST 5: Lua that asks a subrequest
--- server
location = /other { internal; return 204; }
--- location
access_by_lua_block {
    local answer = ngx.location.capture("/other")
    if answer.status ~= 204 then ngx.exit(500) end
}
--- request eval
::post(::line())
--- response_headers
Egret-Verdict: accepted
--- judged: accepted
--- delivered eval
::line()



=== TEST 6: a subrequest of Lua's into a message location is refused
--- server
location = /v1/inner {
    egret messages;
    proxy_pass $egret_upstream;
    proxy_ignore_headers X-Accel-Redirect;
}
--- location
access_by_lua_block {
    local answer = ngx.location.capture("/v1/inner",
        { method = ngx.HTTP_POST, body = "x" })
    if answer.status ~= 403 then ngx.exit(500) end
}
--- request eval
::post(::line())
--- response_headers
Egret-Verdict: accepted
--- judged: accepted
--- delivered eval
::line()



=== TEST 7: Lua that refuses
--- location
access_by_lua_block { ngx.exit(403) }
--- request eval
::post(::line())
--- error_code: 403
--- response_headers
! Egret-Verdict
--- judged: none



=== TEST 8: partners' rules and the operator's Lua keep to themselves
--- user_files
>>> rule.lua
return { receive = function(m)
  if ngx or shared then m:reject{ code = "TPB-666", reason = "leak" } end
  m:warn{ code = "TPB-001", reason = "a rule ran" }
end }
--- taipei_has
rules $TEST_NGINX_SERVER_ROOT/html/rule.lua;
--- location
access_by_lua_block { shared = "operator" }
log_by_lua_block {
    if egret then ngx.log(ngx.ERR, "lua sees egret") end
    ngx.log(ngx.WARN, "lua saw ", ngx.var.egret_findings)
}
--- request eval
::post(::line())
--- response_headers
Egret-Verdict: warned
Egret-Findings: U01
--- error_log
lua saw U01
--- judged: warned
--- delivered eval
::line()



=== TEST 9: Lua that looks at the answer and logs the verdict
--- location
header_filter_by_lua_block { ngx.header["X-Seen"] = ngx.var.egret_verdict }
log_by_lua_block { ngx.log(ngx.WARN, "lua saw ", ngx.var.egret_verdict) }
--- request eval
::post(::line('Ccy="CNY"' => 'Ccy="CNH"'))
--- error_code: 422
--- response_headers
Egret-Verdict: rejected
X-Seen: rejected
--- error_log
lua saw rejected
--- judged: rejected
