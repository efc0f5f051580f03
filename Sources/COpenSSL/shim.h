#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

// Swift does not read the macros by which OpenSSL writes these two.
enum { TORBOX_TLSEXT_PADDING = SSL_OP_TLSEXT_PADDING };
