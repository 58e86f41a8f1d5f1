#!/usr/bin/env python3
"""Receives webhooks and verifies them, with nothing but Python's own library.

    MAQUETTE_WEBHOOK_SECRET=whsec_… ./verify_webhook.py [port]

Prints the id and the body of each message that is genuine, fresh and new; refuses what is not.
"""
import base64
import hashlib
import hmac
import os
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

TOLERANCE = 5 * 60  # seconds; older messages may be replayed by whoever has seen them
SECRET = base64.b64decode(os.environ["MAQUETTE_WEBHOOK_SECRET"].removeprefix("whsec_"))


def is_genuine(headers, body, now):
    """Whether we were meant: one of the signatures is by our secret, and the time is about now."""
    message_id, sent_at = headers["webhook-id"], headers["webhook-timestamp"]
    if abs(now - int(sent_at)) > TOLERANCE:
        return False
    signed = f"{message_id}.{sent_at}.".encode() + body
    wanted = base64.b64encode(hmac.new(SECRET, signed, hashlib.sha256).digest()).decode()
    return any(
        hmac.compare_digest(f"v1,{wanted}", signature)
        for signature in headers["webhook-signature"].split(" ")
    )


class Receiver(BaseHTTPRequestHandler):
    seen = set()  # a database's, in earnest: what was accepted may come again after a crash

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if not is_genuine(self.headers, body, time.time()):
            self.send_response(401)
        else:
            if self.headers["webhook-id"] not in self.seen:
                self.seen.add(self.headers["webhook-id"])
                print(self.headers["webhook-id"], body.decode(), flush=True)
            self.send_response(204)
        self.end_headers()

    def log_message(self, *arguments):
        pass


if __name__ == "__main__":
    port = int(sys.argv[1]) if len(sys.argv) > 1 else 8099
    ThreadingHTTPServer(("127.0.0.1", port), Receiver).serve_forever()
