# SPDX-License-Identifier: Apache-2.0

# What nginx -t refuses and warns of: one block each.

use Egret::Gateway;
use Test::Nginx::Socket 'no_plan';

gateway();
run_tests();

__DATA__

=== TEST 1: the gateway of the other tests is refused nothing, even if strict
--- settings
egret_strict on;
--- request eval
::post(::message())
--- no_error_log
[warn]
[emerg]



=== TEST 2: a server that asks for no client certificates
--- tls
ssl_protocols       TLSv1.2 TLSv1.3;
ssl_certificate     $TEST_NGINX_PKI/gateway.crt;
ssl_certificate_key $TEST_NGINX_PKI/gateway.key;
--- must_die
--- error_log
"egret messages" needs "ssl_verify_client on" or "optional" in its server in



=== TEST 3: optional_no_ca verifies nothing
--- tls
ssl_certificate     $TEST_NGINX_PKI/gateway.crt;
ssl_certificate_key $TEST_NGINX_PKI/gateway.key;
ssl_verify_client   optional_no_ca;
--- must_die
--- error_log
"egret messages" needs "ssl_verify_client on" or "optional" in its server in



=== TEST 4: a server that also listens without TLS
--- listen
listen 127.0.0.1:$TEST_NGINX_RAND_PORT_1 ssl;
listen 127.0.0.1:$TEST_NGINX_RAND_PORT_4;
--- must_die
--- error_log
stands in a server that also listens without TLS



=== TEST 5: a server that says no listen
--- listen
--- must_die
--- error_log
stands in a server that also listens without TLS



=== TEST 6: an upstream group that does not exist
--- upstreams
upstream xiamen_bank { server 127.0.0.1:$TEST_NGINX_RAND_PORT_2; }
upstream joburg_bank { server 127.0.0.1:$TEST_NGINX_RAND_PORT_2; }
--- must_die
--- error_log
egret: partner taipei-bank: there is no upstream group "taipei_bank" in



=== TEST 7: a group that another proxy_pass only mentions
--- upstreams
upstream xiamen_bank { server 127.0.0.1:$TEST_NGINX_RAND_PORT_2; }
upstream taipei_bank { server 127.0.0.1:$TEST_NGINX_RAND_PORT_2; }
--- settings
server { location / { proxy_pass http://127.0.0.1:1/; } }
--- must_die
--- error_log
there is no upstream group "joburg_bank"



=== TEST 8: a message location without error_page 413
--- pages
error_page 495 496 =403 /egret-stranger;
location = /egret-stranger { internal; egret stranger; }
--- must_die
--- error_log
"egret messages" needs an "error_page 413"



=== TEST 9: an error_page of the location hides the server's
--- location
error_page 404 /lost;
--- must_die
--- error_log
"egret messages" needs an "error_page 413"



=== TEST 10: a message location that leads nowhere
--- proxy
--- must_die
--- error_log
"egret messages" needs a "proxy_pass $egret_upstream" in its location in



=== TEST 11: a counterpart that could steer nginx
--- proxy
proxy_pass $egret_upstream;
--- must_die
--- error_log
"egret messages" needs "proxy_ignore_headers X-Accel-Redirect"



=== TEST 12: an unknown word
--- egret
egret message;
--- must_die
--- error_log eval
qr/"egret" is messages, validate, self, explain, gap, stranger, refuse or off, not "message" in .*nginx.conf:\d+/



=== TEST 13: twice
--- egret
egret messages; egret off;
--- must_die
--- error_log
"egret" directive is duplicate



=== TEST 14: outside of a location
--- server
egret messages;
--- must_die
--- error_log
"egret" directive is not allowed here



=== TEST 15: an unknown directive in a block names file and line
--- settings
egret_partner x { certificat a; }
--- must_die
--- error_log eval
qr/"?certificat"?.* in .*nginx.conf:\d+/



=== TEST 16: a directive in the wrong block
--- settings
egret_profile x { party bic=XMBKCNB0XXX; }
--- must_die
--- error_log eval
qr/party.* in .*nginx.conf:\d+/



=== TEST 17: a block within a block
--- settings
egret_partner x { egret_partner y { } }
--- must_die
--- error_log
[emerg]



=== TEST 18: a block that does not end
--- settings
egret_profile x {
--- must_die
--- error_log
[emerg]



=== TEST 19: two gateways
--- settings
egret_gateway bic=EGRTCNB1XXX;
--- must_die
--- error_log
egret_gateway



=== TEST 20: no gateway
--- http_config
egret_schemas   $TEST_NGINX_PROJECT/schemas;
egret_reference $TEST_NGINX_PROJECT/conf/reference;
egret_partner taipei-bank {
    certificate spki-sha256=$TEST_NGINX_TAIPEI_PIN;
    party       bic=TPBKTWT0XXX;
}
server {
    listen 127.0.0.1:$TEST_NGINX_RAND_PORT_1 ssl;
    ssl_certificate     $TEST_NGINX_PKI/gateway.crt;
    ssl_certificate_key $TEST_NGINX_PKI/gateway.key;
    location = /v1/messages { egret messages; }
}
--- config
--- must_die
--- error_log
egret_gateway



=== TEST 21: a partner without a certificate
--- settings
egret_partner x { party bic=AAAACNB0XXX; }
--- must_die
--- error_log eval
qr/nginx.conf:\d+: .*certificate/



=== TEST 22: a partner with neither pin nor CA
--- settings
egret_partner x {
    party bic=AAAACNB0XXX;
    certificate san=dns:gw.example;
}
--- must_die
--- error_log
nginx.conf



=== TEST 23: a partner with a CA and no name
--- settings
egret_partner x {
    party bic=AAAACNB0XXX;
    certificate ca=$TEST_NGINX_PKI/shared-ca.crt;
}
--- must_die
--- error_log
nginx.conf



=== TEST 24: a CA file that is not there
--- settings
egret_partner x {
    party bic=AAAACNB0XXX;
    certificate ca=none.crt san=dns:gw.example;
}
--- must_die
--- error_log eval
qr/conf\/none.crt.*No such file/



=== TEST 25: two partners with one pin
--- settings
egret_partner x {
    party bic=AAAACNB0XXX;
    certificate spki-sha256=$TEST_NGINX_TAIPEI_PIN;
}
--- must_die
--- error_log eval
qr/nginx.conf:\d+: .*(?:taipei-bank|x)/



=== TEST 26: two partners with one BIC
--- settings
egret_partner x {
    party bic=TPBKTWT0;
    certificate ca=$TEST_NGINX_PKI/shared-ca.crt san=dns:gw.example;
}
--- must_die
--- error_log
TPBKTWT0



=== TEST 27: two partners with one LEI
--- settings
egret_partner x {
    party lei=984500EGRETXMNBK0117;
    certificate ca=$TEST_NGINX_PKI/shared-ca.crt san=dns:gw.example;
}
--- must_die
--- error_log
984500EGRETXMNBK0117



=== TEST 28: an unknown profile
--- settings
egret_partner x {
    party bic=AAAACNB0XXX;
    certificate ca=$TEST_NGINX_PKI/shared-ca.crt san=dns:gw.example;
    profile nowhere;
}
--- must_die
--- error_log
nowhere



=== TEST 29: a definition that no schema declares
--- settings
egret_partner x {
    party bic=AAAACNB0XXX;
    certificate ca=$TEST_NGINX_PKI/shared-ca.crt san=dns:gw.example;
    accept pacs.999.001.01;
}
--- must_die
--- error_log
pacs.999.001.01



=== TEST 30: a folder of schemas that is not there
--- http_config
egret_gateway   bic=EGRTCNB0XXX;
egret_schemas   nowhere;
egret_reference $TEST_NGINX_PROJECT/conf/reference;
--- config
--- must_die
--- error_log
nowhere



=== TEST 31: blocks may be included, from within too
--- user_files
>>> partner.conf
egret_partner x {
    include $TEST_NGINX_SERVER_ROOT/html/inside.conf;
    certificate ca=$TEST_NGINX_PKI/shared-ca.crt san=dns:gw.example;
}
>>> inside.conf
party bic=AAAACNB0XXX;
accept pacs.009.001.08;
--- settings
egret_strict on;
include $TEST_NGINX_SERVER_ROOT/html/partner.conf;
--- request eval
::post(::message())
--- no_error_log
[warn]



=== TEST 32: a body limit below Egret's is warned of
--- server
client_max_body_size 1k;
--- config
location / { return 200; }
--- request eval
::post(::message())
--- error_code: 413
--- error_log
client_max_body_size is smaller than egret_max_message in



=== TEST 33: what is warned of is refused by egret_strict
--- settings
egret_strict on;
--- server
client_max_body_size 1k;
--- must_die
--- error_log
[emerg]
client_max_body_size is smaller than egret_max_message in



=== TEST 34: no TLS 1.3
--- settings
egret_strict on;
--- tls
ssl_certificate        $TEST_NGINX_PKI/gateway.crt;
ssl_certificate_key    $TEST_NGINX_PKI/gateway.key;
ssl_client_certificate $TEST_NGINX_PKI/clients.crt;
ssl_verify_client      on;
ssl_session_tickets    off;
ssl_protocols          TLSv1.2;
--- must_die
--- error_log
ssl_protocols lacks TLSv1.3 in the server of



=== TEST 35: session tickets
--- settings
egret_strict on;
--- tls
ssl_protocols          TLSv1.2 TLSv1.3;
ssl_certificate        $TEST_NGINX_PKI/gateway.crt;
ssl_certificate_key    $TEST_NGINX_PKI/gateway.key;
ssl_client_certificate $TEST_NGINX_PKI/clients.crt;
ssl_verify_client      on;
--- must_die
--- error_log
set "ssl_session_tickets off" and "ssl_session_cache off"



=== TEST 36: a session cache
--- settings
egret_strict on;
--- tls
ssl_protocols          TLSv1.2 TLSv1.3;
ssl_certificate        $TEST_NGINX_PKI/gateway.crt;
ssl_certificate_key    $TEST_NGINX_PKI/gateway.key;
ssl_client_certificate $TEST_NGINX_PKI/clients.crt;
ssl_verify_client      on;
ssl_session_tickets    off;
ssl_session_cache      shared:egret:64k;
--- must_die
--- error_log
set "ssl_session_tickets off" and "ssl_session_cache off"



=== TEST 37: strangers that can be told apart
--- settings
egret_strict on;
--- pages
error_page 413 /egret-refused;
location = /egret-refused { internal; egret refuse; }
--- must_die
--- error_log
without "error_page 495 496 =403"



=== TEST 38: counterparts that are not verified
--- settings
egret_strict on;
--- proxy
proxy_pass $egret_upstream;
proxy_ignore_headers X-Accel-Redirect;
proxy_ssl_server_name on;
--- must_die
--- error_log
proxy_ssl_verify is off



=== TEST 39: counterparts that see no SNI
--- settings
egret_strict on;
--- proxy
proxy_pass $egret_upstream;
proxy_ignore_headers X-Accel-Redirect;
proxy_ssl_verify on;
proxy_ssl_trusted_certificate $TEST_NGINX_PKI/server-ca.crt;
--- must_die
--- error_log
proxy_ssl_server_name is off



=== TEST 40: answers that nginx would replace
--- settings
egret_strict on;
--- location
proxy_intercept_errors on;
--- must_die
--- error_log
proxy_intercept_errors is on



=== TEST 41: answers that nginx would keep
--- settings
egret_strict on;
proxy_cache_path cache keys_zone=answers:64k;
--- location
proxy_cache answers;
--- must_die
--- error_log
proxy_cache is on



=== TEST 42: a warning of the core is refused by egret_strict too
--- settings
egret_strict on;
egret_partner x {
    party bic=AAAACNB0XXX;
    certificate ca=$TEST_NGINX_PKI/shared-ca.crt san=dns:gw.example;
}
--- must_die
--- error_log eval
qr/\[emerg\].*egret: .*nginx.conf:\d+/



=== TEST 43: a module that nothing is asked of needs no gateway
--- http_config
--- config
location / { egret off; return 200 "plain"; }
--- post_main_config
stream {
    server {
        listen 127.0.0.1:$TEST_NGINX_CLIENT_PORT;
        proxy_pass 127.0.0.1:$TEST_NGINX_SERVER_PORT;
    }
}
--- request
GET /
--- response_body chomp
plain



=== TEST 44: validate guards its server as messages does
--- tls
ssl_protocols       TLSv1.2 TLSv1.3;
ssl_certificate     $TEST_NGINX_PKI/gateway.crt;
ssl_certificate_key $TEST_NGINX_PKI/gateway.key;
--- egret
egret validate;
--- proxy
--- must_die
--- error_log
"egret validate" needs "ssl_verify_client on"



=== TEST 45: and so does self
--- tls
ssl_protocols       TLSv1.2 TLSv1.3;
ssl_certificate     $TEST_NGINX_PKI/gateway.crt;
ssl_certificate_key $TEST_NGINX_PKI/gateway.key;
--- egret
egret self;
--- proxy
--- must_die
--- error_log
"egret self" needs "ssl_verify_client on"



=== TEST 46: self wants to know what too large a body gets
--- pages
error_page 495 496 =403 /egret-stranger;
location = /egret-stranger { internal; egret stranger; }
--- egret
egret self;
--- proxy
--- must_die
--- error_log
"egret self" needs an "error_page 413"



=== TEST 47: an error_page 413 that makes nginx forget the status
--- pages
error_page 413 = /egret-refused;
location = /egret-refused { internal; egret refuse; }
error_page 495 496 =403 /egret-stranger;
location = /egret-stranger { internal; egret stranger; }
--- must_die
--- error_log
"egret messages" needs an "error_page 413" (without "=")



=== TEST 48: no revocation lists
--- settings
egret_strict on;
--- tls
ssl_protocols          TLSv1.2 TLSv1.3;
ssl_certificate        $TEST_NGINX_PKI/gateway.crt;
ssl_certificate_key    $TEST_NGINX_PKI/gateway.key;
ssl_client_certificate $TEST_NGINX_PKI/clients.crt;
ssl_verify_client      on;
ssl_session_tickets    off;
ssl_verify_depth       0;
--- must_die
--- error_log
without "ssl_crl" a certificate that its CA revoked is served



=== TEST 49: pins alone need no revocation lists
--- settings
egret_strict on;
--- partners
egret_partner xiamen-bank {
    certificate spki-sha256=$TEST_NGINX_JOBURG_PIN;
    party       bic=XMBKCNB0XXX lei=984500EGRETXMNBK0117;
    accept      pacs.008.001.08;
    upstream    https://xiamen_bank name=gw.xmbank.example;
}
egret_partner taipei-bank {
    certificate spki-sha256=$TEST_NGINX_TAIPEI_PIN;
    party       bic=TPBKTWT0XXX;
    accept      pacs.008.001.08;
    upstream    https://taipei_bank name=gw.tpbank.example;
}
--- client: joburg
--- tls
ssl_protocols          TLSv1.2 TLSv1.3;
ssl_certificate        $TEST_NGINX_PKI/gateway.crt;
ssl_certificate_key    $TEST_NGINX_PKI/gateway.key;
ssl_client_certificate $TEST_NGINX_PKI/clients.crt;
ssl_verify_client      on;
ssl_session_tickets    off;
ssl_verify_depth       0;
--- request eval
::post(::message())
--- no_error_log
[warn]



=== TEST 50: a chain that admits a partner's own sub-CA
--- settings
egret_strict on;
--- tls
ssl_protocols          TLSv1.2 TLSv1.3;
ssl_certificate        $TEST_NGINX_PKI/gateway.crt;
ssl_certificate_key    $TEST_NGINX_PKI/gateway.key;
ssl_client_certificate $TEST_NGINX_PKI/clients.crt;
ssl_verify_client      on;
ssl_session_tickets    off;
ssl_crl                $TEST_NGINX_PKI/clients.crl;
--- must_die
--- error_log
ssl_verify_depth admits CAs that you do not name, such as a partner's own sub-CA: set "ssl_verify_depth 0"



=== TEST 51: a list that none of the CAs signed
--- tls
ssl_certificate        $TEST_NGINX_PKI/gateway.crt;
ssl_certificate_key    $TEST_NGINX_PKI/gateway.key;
ssl_client_certificate $TEST_NGINX_PKI/xiamen-ca.crt;
ssl_verify_client      on;
ssl_crl                $TEST_NGINX_PKI/clients.crl;
--- must_die
--- error_log
cannot be used: a revocation list that none of the CAs signed



=== TEST 52: a CA of ssl_trusted_certificate may have signed it
--- tls
ssl_protocols           TLSv1.2 TLSv1.3;
ssl_certificate         $TEST_NGINX_PKI/gateway.crt;
ssl_certificate_key     $TEST_NGINX_PKI/gateway.key;
ssl_client_certificate  $TEST_NGINX_PKI/xiamen-ca.crt;
ssl_trusted_certificate $TEST_NGINX_PKI/shared-ca.crt;
ssl_verify_client       on;
ssl_crl                 $TEST_NGINX_PKI/clients.crl;
--- request eval
::post(::message())
--- error_code: 200



=== TEST 53: counterparts that see another Host
--- settings
egret_strict on;
--- proxy
proxy_pass $egret_upstream;
proxy_ignore_headers X-Accel-Redirect;
proxy_ssl_server_name on;
proxy_ssl_name $egret_upstream_name;
proxy_ssl_verify on;
proxy_ssl_trusted_certificate $TEST_NGINX_PKI/server-ca.crt;
proxy_set_header Host $host;
--- must_die
--- error_log
"proxy_set_header Host $egret_upstream_name" is missing



=== TEST 54: a proxy_set_header of the location hides the server's
--- settings
egret_strict on;
--- server
proxy_set_header Host $egret_upstream_name;
--- proxy
proxy_pass $egret_upstream;
proxy_ignore_headers X-Accel-Redirect;
proxy_ssl_server_name on;
proxy_ssl_name $egret_upstream_name;
proxy_ssl_verify on;
proxy_ssl_trusted_certificate $TEST_NGINX_PKI/server-ca.crt;
proxy_set_header X-Other 1;
--- must_die
--- error_log
"proxy_set_header Host $egret_upstream_name" is missing



=== TEST 55: Host may be set for the whole server
--- settings
egret_strict on;
--- server
proxy_set_header Host ${egret_upstream_name};
--- proxy
proxy_pass $egret_upstream;
proxy_ignore_headers X-Accel-Redirect;
proxy_ssl_server_name on;
proxy_ssl_name $egret_upstream_name;
proxy_ssl_protocols TLSv1.2 TLSv1.3;
proxy_ssl_verify on;
proxy_ssl_trusted_certificate $TEST_NGINX_PKI/server-ca.crt;
--- request eval
::post(::message())
--- no_error_log
[warn]



=== TEST 56: counterparts that are verified by another name
--- settings
egret_strict on;
--- proxy
proxy_pass $egret_upstream;
proxy_ignore_headers X-Accel-Redirect;
proxy_ssl_server_name on;
proxy_ssl_verify on;
proxy_ssl_trusted_certificate $TEST_NGINX_PKI/server-ca.crt;
proxy_set_header Host $egret_upstream_name;
--- must_die
--- error_log
"proxy_ssl_name $egret_upstream_name" is missing



=== TEST 57: an error_page 413 that leads elsewhere
--- pages
error_page 413 /egret-stranger;
error_page 495 496 =403 /egret-stranger;
location = /egret-stranger { internal; egret stranger; }
location = /egret-refused { internal; egret refuse; }
--- must_die
--- error_log
"egret messages" needs an "error_page 413" (without "=") that leads to a location with "egret refuse"



=== TEST 58: an error_page 413 that leads to another server's location
--- pages
error_page 413 /refused;
error_page 495 496 =403 /egret-stranger;
location = /egret-stranger { internal; egret stranger; }
--- settings
server {
    listen 127.0.0.1:$TEST_NGINX_RAND_PORT_4;
    location /refused { internal; egret refuse; }
}
--- must_die
--- error_log
"egret messages" needs an "error_page 413" (without "=") that leads to a location with "egret refuse"



=== TEST 59: an error_page 413 that sends the client away
--- pages
error_page 413 https://gateway.example/egret-refused;
error_page 495 496 =403 /egret-stranger;
location = /egret-stranger { internal; egret stranger; }
location = /egret-refused { internal; egret refuse; }
--- must_die
--- error_log
"egret messages" needs an "error_page 413" (without "=") that leads to a location with "egret refuse"



=== TEST 60: an error_page 495 that leads elsewhere
--- settings
egret_strict on;
--- pages
error_page 413 /egret-refused;
error_page 495 =403 /egret-refused;
error_page 496 =403 /egret-stranger;
location = /egret-stranger { internal; egret stranger; }
location = /egret-refused { internal; egret refuse; }
--- must_die
--- error_log
without "error_page 495 496 =403" to a location with "egret stranger"



=== TEST 61: pages by prefix, name, pattern and variable are taken
--- settings
egret_strict on;
--- pages
set $where /egret/stranger;
error_page 413 /egret/refused?a=b;
error_page 495 =403 @stranger;
error_page 496 =403 $where;
location @stranger { egret stranger; }
location /egret/ { internal; egret refuse; }
location ~ stranger$ { internal; egret stranger; }
--- request eval
::post(::message())
--- no_error_log
[warn]



=== TEST 62: gap guards its server as messages does
--- tls
ssl_protocols       TLSv1.2 TLSv1.3;
ssl_certificate     $TEST_NGINX_PKI/gateway.crt;
ssl_certificate_key $TEST_NGINX_PKI/gateway.key;
--- egret
egret gap;
--- proxy
--- must_die
--- error_log
"egret gap" needs "ssl_verify_client on"



=== TEST 63: a form of date-times that there is not
--- settings
egret_profile x {
    date_time local;
}
--- must_die
--- error_log
date_time is any, offset or utc, not "local"



=== TEST 64: a form of date-times outside a profile
--- settings
date_time utc;
--- must_die
--- error_log
[emerg]
