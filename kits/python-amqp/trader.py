#!/usr/bin/env python3
"""A trader over AMQP, for a Monkonomy cluster: apt-get install python3-pika, or pip install pika.

It knows the broker, its team, its name and its token, and nothing of nodes or shards. It plays as the sample of 2018 did: it feeds one monkey at
first, buys a share when a rise is forecast and sells one when a fall is. What is not answered, it sends again with the same txnId: that has one effect.

  ./trader.py --broker amqp://bots:SECRET@127.0.0.1:5672/ --team BONOBO --name alice --token TOKEN
"""
import argparse
import json
import sys
import time
import uuid

import pika

SEND_AGAIN_AFTER = 10  # seconds without an answer


def arguments():
    parser = argparse.ArgumentParser(description="A trader over AMQP.")
    parser.add_argument("--broker", default="amqp://guest:guest@127.0.0.1:5672/")
    parser.add_argument("--market", default="banana")
    parser.add_argument("--team", required=True)
    parser.add_argument("--name", required=True)
    parser.add_argument("--token", required=True, help="as POST /api/markets/{market}/traders gave it")
    parser.add_argument("--answers", type=int, default=0, help="end after so many answers; 0: never")
    return parser.parse_args()


class Trader:
    def __init__(self, args):
        self.args = args
        self.key = f"{args.market}.{args.team}.{args.name}"
        self.unanswered = {}  # txnId -> (exchange, body, when sent)
        self.answers = 0
        self.channel = None

    def connect(self):
        """A queue of its own for what it is told; it goes when the connection does."""
        connection = pika.BlockingConnection(pika.URLParameters(self.args.broker))
        self.channel = connection.channel()
        self.channel.confirm_delivery()  # publishing returns when the broker has it
        own = self.channel.queue_declare("", exclusive=True).method.queue
        self.channel.queue_bind(own, "txn-results", self.key)
        self.channel.queue_bind(own, "share-price", self.args.market)
        return self.channel.consume(own, auto_ack=True, inactivity_timeout=1)

    def send(self, exchange, **fields):
        self.publish(exchange, {"time": time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime()), "txnId": str(uuid.uuid4()), **fields})

    def publish(self, exchange, body):
        self.unanswered[body["txnId"]] = (exchange, body, time.monotonic())
        properties = pika.BasicProperties(headers={"token": self.args.token}, content_type="application/json", delivery_mode=2)
        self.channel.basic_publish(exchange, self.key, json.dumps(body), properties, mandatory=True)

    def send_again(self, older_than):
        for exchange, body, sent in list(self.unanswered.values()):
            if time.monotonic() - sent >= older_than:
                self.publish(exchange, body)

    def told(self, method, properties, body):
        message = json.loads(body)
        if method.exchange == "share-price":
            self.send("market-orders", type="BUY" if message["forecast"] > 1 else "SELL", shares=1)
        elif self.unanswered.pop(message["txnId"], None):
            self.answers += 1
            print(json.dumps({**message, "code": properties.headers["code"]}), flush=True)

    def trade(self):
        messages = self.connect()
        if self.unanswered:
            self.send_again(0)
        else:
            self.send("feed-monkeys", monkeys=1)
        for method, properties, body in messages:
            if method is not None:
                self.told(method, properties, body)
            if self.args.answers and self.answers >= self.args.answers:
                return
            self.send_again(SEND_AGAIN_AFTER)


def main():
    trader = Trader(arguments())
    while True:
        try:
            return trader.trade()
        except (pika.exceptions.AMQPError, OSError) as gone:
            print(f"The broker is away, or full: {gone!r}; trying again.", file=sys.stderr)
            time.sleep(1)


if __name__ == "__main__":
    sys.exit(main())
