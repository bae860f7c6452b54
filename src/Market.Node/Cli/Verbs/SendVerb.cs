using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Market.Node.Cli.Client;
using Market.Node.Cli.Given;
using Market.Node.Cli.Screen;
using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Node.Cli.Verbs;

/// <summary><c>send</c>: one command of a trader, and the market's answer.</summary>
public static class SendVerb
{
    public static Verb Of(ClientVerbs clients)
    {
        var verb = new Verb("send", "Send one command as a trader: buy or sell shares, feed monkeys, invest coins.",
            "monkonomy send BONOBO/alice BUY 3 --token-file alice.token", "monkonomy send BONOBO/alice INVEST 2.5 --txn my-first")
        {
            Notes = [TraderTokenFlags.Note, "The same --txn is never acted on twice: after a failure the same line may be sent again without harm."],
        };
        var trader = verb.With(Typed.Trader());
        var type = verb.With(new Argument<string>("BUY|SELL|FEED|INVEST") { Description = "What to do.", CustomParser = ReadType });
        var amount = verb.With(new Argument<string>("N") { Description = "Shares, monkeys, or coins to invest." });
        var txn = verb.With(Typed.Text("--txn", "ID", $"The command's own id, 1 to {TraderCommand.MaxTxnIdLength} characters (default: drawn, and said)."));
        var token = new TraderTokenFlags();
        token.AddTo(verb);
        verb.Validators.Add(given =>
        {
            if (given.GetValue(txn) is not { Length: 0 or > TraderCommand.MaxTxnIdLength }) { return; }
            given.AddError($"--txn takes 1 to {TraderCommand.MaxTxnIdLength} characters.");
        });
        return clients.Acting(verb, async (call, cancel) =>
        {
            var order = Order.Read(call.Value(type), call.Value(amount));
            var secret = token.Of(call, call.Value(trader));
            var body = order.ToJson(call.Value(txn) ?? Drawn(call));
            var answer = await call.Node.PostAsync(call.Node.PathOf("commands"), body, secret, cancel);
            return Show(call, answer, order);
        });
    }

    private static int Show(ClientCall call, JsonElement answer, Order order)
    {
        var result = answer.As<ResultMessage>();
        if (result.Status is null) { throw NodeFailedException.NotANode(); }
        if (call.Terminal.Json) { call.Terminal.Write(answer); }
        else { foreach (var line in ResultLines.Answer(result, order.Asked, order.Done, call.Terminal)) { call.Terminal.Line(line); } }
        return result.IsAccepted ? ExitCode.Done : ExitCode.Refused;
    }

    /// <summary>Said before it is used, so that it can be used again when no answer comes.</summary>
    private static string Drawn(ClientCall call)
    {
        var txn = $"cli-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(10))}";
        call.Terminal.Say($"txn {txn} (to send it again without doing it twice: --txn {txn})");
        return txn;
    }

    private static string? ReadType(ArgumentResult given)
    {
        var word = given.Tokens[^1].Value.ToUpperInvariant();
        if (word is "BUY" or "SELL" or "FEED" or "INVEST") { return word; }
        given.AddError("A command is BUY, SELL, FEED or INVEST.");
        return null;
    }

    /// <summary>What was typed, read.</summary>
    /// <param name="Done">As a person says it once it is done.</param>
    private sealed record Order(string Type, string Field, JsonNode Amount, string Done)
    {
        /// <summary>As it was asked for.</summary>
        public string Asked => $"{Type} {Amount.ToJsonString()}";

        public JsonObject ToJson(string txn) => new() { ["txnId"] = txn, ["type"] = Type, [Field] = Amount.DeepClone() };

        /// <exception cref="WrongUsageException">The amount is none.</exception>
        public static Order Read(string type, string amount)
        {
            if (type == "INVEST") { return Invest(amount); }
            if (!long.TryParse(amount, NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count < 1)
            {
                throw new WrongUsageException($"{type} takes a whole number from 1.");
            }
            var number = JsonValue.Create(count);
            return type switch
            {
                "BUY" => new Order(type, "shares", number, $"bought {amount} shares"),
                "SELL" => new Order(type, "shares", number, $"sold {amount} shares"),
                _ => new Order(type, "monkeys", number, $"fed {amount} monkeys"),
            };
        }

        private static Order Invest(string amount)
        {
            var read = decimal.TryParse(amount, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var coins)
                && coins > 0 && coins <= long.MaxValue / Coins.MicroPerCoin && decimal.Round(coins, 6) == coins;
            return read
                ? new Order("INVEST", "invested", JsonValue.Create(coins), $"invested {Numbers.Coins(coins)} coins")
                : throw new WrongUsageException("INVEST takes coins: a number above 0 with a point and at most six decimals, e.g. 2.5.");
        }
    }
}
