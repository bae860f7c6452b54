using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Market.Node.Config;
using Market.Node.Doors.Amqp;
using Market.Servers.Tests.Servers;

namespace Market.Servers.Tests.Amqp;

/// <summary>The door of plain exchanges, at a real broker.</summary>
[Collection(nameof(Brokers))]
public sealed class AmqpDoorTests(Brokers brokers)
{
    private const string Alice = "banana.BONOBO.alice";

    [SkippableFact]
    public async Task A_command_is_answered_in_the_originals_bytes()
    {
        await using var game = await AmqpGame.StartAsync(await brokers.NewHostAsync());
        await using var door = await game.OpenDoorAsync();
        await using var client = await BrokerClient.ConnectAsync(game.Broker, (Exchanges.Results, Alice));
        var token = await game.JoinAsync("alice");

        await client.SendAsync(Exchanges.Feeds, Alice, """{"time":"2018-03-20T18:34:56.789Z","txnId":"feed-1","monkeys":2}""", token);
        var fed = await client.NextAsync();
        await client.SendAsync(Exchanges.Investments, Alice, """{"txnId":"invest-1","invested":2.5}""", token);
        var invested = await client.NextAsync();
        await client.SendAsync(Exchanges.Orders, Alice, """{"txnId":"order-1","type":"SELL","shares":9}""", token);
        var sold = await client.NextAsync();

        Regex.Replace(fed.Body, @"\d{4}-\d\d-\d\dT[0-9:.]{12}Z", "NOW").ShouldBe(
            """
            {
              "txnId" : "feed-1",
              "type" : "FEED",
              "state" : {
                "time" : "NOW",
                "coins" : 10.0,
                "shares" : 3,
                "bailouts" : 0,
                "fedMonkeys" : 2,
                "inFlightInvestments" : 0
              },
              "status" : "ACCEPTED"
            }
            """);
        fed.Header("code").ShouldBe("0");
        invested.Body.ShouldContain("\"coins\" : 7.5,");
        Status(sold).ShouldBe("INSUFFICIENT_SHARES");
        (sold.Header("code"), sold.Headers.ContainsKey("price"), sold.Header("message")).ShouldBe(("32", true, "Not enough shares."));
    }

    [SkippableFact]
    public async Task A_txnId_sent_again_has_one_effect_and_the_first_answer_itself()
    {
        await using var game = await AmqpGame.StartAsync(await brokers.NewHostAsync());
        await using var door = await game.OpenDoorAsync();
        await using var client = await BrokerClient.ConnectAsync(game.Broker, (Exchanges.Results, Alice));
        var token = await game.JoinAsync("alice");

        for (var i = 0; i < 3; i++) { await client.SendAsync(Exchanges.Feeds, Alice, """{"txnId":"once","monkeys":1}""", token); }

        (await client.NextAsync(3)).Select(told => (told.Body, told.Header("code"))).Distinct().ShouldHaveSingleItem().Item2.ShouldBe("0");
        game.StateOf("alice")!.Value.FedMonkeys.ShouldBe(1);
    }

    [SkippableFact]
    public async Task A_traders_commands_keep_their_order_whatever_exchanges_they_go_to()
    {
        await using var game = await AmqpGame.StartAsync(await brokers.NewHostAsync());
        await using var door = await game.OpenDoorAsync();
        await using var client = await BrokerClient.ConnectAsync(game.Broker, (Exchanges.Results, Alice));
        var token = await game.JoinAsync("alice");

        for (var i = 0; i < 300; i++)
        {
            await (i % 3 == 0 ? client.SendAsync(Exchanges.Orders, Alice, $$"""{"txnId":"{{i}}","type":"BUY","shares":1}""", token)
                : i % 3 == 1 ? client.SendAsync(Exchanges.Investments, Alice, $$"""{"txnId":"{{i}}","invested":0.001}""", token)
                : client.SendAsync(Exchanges.Feeds, Alice, $$"""{"txnId":"{{i}}","monkeys":1}""", token));
        }

        (await client.NextAsync(300)).Select(told => int.Parse(TxnId(told), System.Globalization.CultureInfo.InvariantCulture)).ShouldBe(Enumerable.Range(0, 300));
    }

    [SkippableFact]
    public async Task What_a_node_had_decided_but_not_told_when_it_ended_has_one_effect_and_is_told_by_the_next()
    {
        await using var game = await AmqpGame.StartAsync(await brokers.NewHostAsync(), new LimitOptions { CommandsPerSecond = 1, CommandBurst = 1 }); // what comes again is not counted
        var token = await game.JoinAsync("alice");
        await using (await game.OpenDoorAsync(tells: false))
        {
            await using var sender = await BrokerClient.ConnectAsync(game.Broker);
            await sender.SendAsync(Exchanges.Feeds, Alice, """{"txnId":"once","monkeys":1}""", token);
            await Eventually.TrueAsync(() => game.StateOf("alice")!.Value.FedMonkeys == 1);
        }
        await using var client = await BrokerClient.ConnectAsync(game.Broker, (Exchanges.Results, Alice));
        await using var next = await game.OpenDoorAsync();

        await client.SendAsync(Exchanges.Feeds, Alice, """{"txnId":"after","monkeys":1}""", token);

        var told = await client.NextAsync(2);
        told.Select(TxnId).ShouldBe(["once", "after"]);
        told.Select(Status).ShouldBe(["ACCEPTED", "ACCEPTED"]);
        told[0].Body.ShouldContain("\"fedMonkeys\" : 1,");
        game.StateOf("alice")!.Value.FedMonkeys.ShouldBe(2);
        await Eventually.TrueAsync(async () => await client.WaitingAsync(new Exchanges(AmqpGame.Name).CommandQueue) == 0);
    }

    [SkippableFact]
    public async Task A_token_acts_for_its_own_trader_only_and_nobody_else_is_told()
    {
        await using var game = await AmqpGame.StartAsync(await brokers.NewHostAsync());
        await using var door = await game.OpenDoorAsync();
        await using var client = await BrokerClient.ConnectAsync(game.Broker, (Exchanges.Results, "#"), (Exchanges.Rejects, "#"));
        await game.JoinAsync("alice");
        var mallory = await game.JoinAsync("mallory");
        const string Feed = """{"txnId":"t","monkeys":1}""";

        await client.SendAsync(Exchanges.Feeds, Alice, Feed, mallory);
        await client.SendAsync(Exchanges.Feeds, Alice, Feed, null);
        await client.SendAsync(Exchanges.Feeds, Alice, Feed, "no token");
        await client.SendAsync(Exchanges.Feeds, Alice, Feed, game.TokenOf("alice", "mango"));
        await client.SendAsync(Exchanges.Feeds, "mango.BONOBO.mallory", Feed, game.TokenOf("mallory", "mango"));
        await client.SendAsync(Exchanges.Feeds, "banana.BONOBO.mallory", """{"txnId":"t","monkeys":1,"name":"alice"}""", mallory);

        var told = await client.NextAsync(6);
        told.Where(one => one.Exchange == Exchanges.Results).Select(one => (one.RoutingKey, Status(one))).ShouldBe(
        [
            ("banana.BONOBO.mallory", "UNAUTHORIZED"), ("mango.BONOBO.alice", "UNAUTHORIZED"), ("mango.BONOBO.mallory", "UNKNOWN_MARKET"), ("banana.BONOBO.mallory", "UNAUTHORIZED"),
        ]);
        told.Where(one => one.Exchange == Exchanges.Rejects).Select(one => (one.RoutingKey, one.Header("code"), one.Body)).ShouldBe([(Alice, "11", Feed), (Alice, "11", Feed)]);
        (game.StateOf("alice")!.Value.FedMonkeys, game.StateOf("mallory")!.Value.FedMonkeys).ShouldBe((0, 0));
    }

    [SkippableTheory]
    [InlineData(Exchanges.Feeds, "", "A command is needed|not JSON")]
    [InlineData(Exchanges.Feeds, "bananas", "not JSON")]
    [InlineData(Exchanges.Feeds, "[]", "JSON object")]
    [InlineData(Exchanges.Feeds, "null", "JSON object")]
    [InlineData(Exchanges.Feeds, """{"txnId":"t","monkeys":1}{}""", "not JSON|more follows")]
    [InlineData(Exchanges.Feeds, """{"txnId":"t","monkeys":0}""", "monkeys: a whole number from 1")]
    [InlineData(Exchanges.Feeds, """{"txnId":"t","monkeys":1e400}""", "monkeys: a whole number from 1")]
    [InlineData(Exchanges.Feeds, """{"txnId":"t","monkeys":"NaN"}""", "monkeys: a whole number from 1")]
    [InlineData(Exchanges.Feeds, """{"monkeys":1}""", "txnId: a text of 1 to 128")]
    [InlineData(Exchanges.Feeds, """{"txnId":"\ud800","monkeys":1}""", "txnId: a text")]
    [InlineData(Exchanges.Orders, """{"txnId":"t","type":"FEED","monkeys":1}""", "type: one of BUY, SELL")]
    [InlineData(Exchanges.Orders, """{"txnId":"t","shares":1}""", "type: one of BUY, SELL")]
    [InlineData(Exchanges.Investments, """{"txnId":"t","invested":-1}""", "invested: a number of coins above 0")]
    [InlineData(Exchanges.Investments, """{"txnId":"t","invested":NaN}""", "not JSON")]
    public async Task What_cannot_be_read_is_set_aside_with_the_reason_and_its_sender_is_told(string exchange, string body, string wrong)
    {
        await using var game = await AmqpGame.StartAsync(await brokers.NewHostAsync());
        await using var door = await game.OpenDoorAsync();
        await using var client = await BrokerClient.ConnectAsync(game.Broker, (Exchanges.Results, Alice), (Exchanges.Rejects, "#"));
        var token = await game.JoinAsync("alice");

        await client.SendAsync(exchange, Alice, body, token);

        var told = await client.NextAsync(2);
        var (rejected, result) = (told.Single(one => one.Exchange == Exchanges.Rejects), told.Single(one => one.Exchange == Exchanges.Results));
        (rejected.Body, rejected.RoutingKey, rejected.Header("code"), rejected.Header("status"), rejected.Header("exchange")).ShouldBe((body, Alice, "10", "MALFORMED", exchange));
        rejected.Header("wrong").ShouldMatch(wrong);
        rejected.Header("right").ShouldBe(Exchanges.Example(exchange));
        (Status(result), result.Header("code"), result.Header("message")).ShouldBe(("MALFORMED", "10", rejected.Header("wrong")));
        JsonDocument.Parse(result.Body).RootElement.GetProperty("type").GetString().ShouldBe(exchange == Exchanges.Feeds ? "FEED" : exchange == Exchanges.Orders ? "MARKET" : "INVEST");
    }

    [SkippableFact]
    public async Task Hostile_bodies_hurt_nobody_and_the_door_goes_on()
    {
        await using var game = await AmqpGame.StartAsync(await brokers.NewHostAsync());
        await using var door = await game.OpenDoorAsync();
        await using var client = await BrokerClient.ConnectAsync(game.Broker, (Exchanges.Results, Alice));
        await using var operators = await BrokerClient.ConnectAsync(game.Broker, (Exchanges.Rejects, "#"));
        var token = await game.JoinAsync("alice");
        var huge = new byte[Letter.LongestBody + 1];
        var deep = Encoding.UTF8.GetBytes(new string('[', 60_000));
        byte[][] bodies = [huge, deep, [0xff, 0xfe, 0x00], [.. Enumerable.Range(0, 256).Select(i => (byte)i)]];

        foreach (var exchange in (string[])[Exchanges.Orders, Exchanges.Investments, Exchanges.Feeds, Exchanges.Gibbs])
        {
            foreach (var body in bodies)
            {
                await client.SendAsync(exchange, "", body, null);
                await client.SendAsync(exchange, "....", body, new string('x', 100_000));
            }
        }

        (await operators.NextAsync(4 * 4 * 2)).ShouldAllBe(told => told.Header("code") == "10" && told.Body.Length <= Letter.LongestBody);
        await client.SendAsync(Exchanges.Feeds, Alice, """{"txnId":"t","monkeys":1}""", token);
        Status(await client.NextAsync()).ShouldBe("ACCEPTED");
    }

    [SkippableFact]
    public async Task Too_many_commands_are_told_when_to_come_back()
    {
        await using var game = await AmqpGame.StartAsync(await brokers.NewHostAsync(), new LimitOptions { CommandsPerSecond = 1, CommandBurst = 2 });
        await using var door = await game.OpenDoorAsync();
        await using var client = await BrokerClient.ConnectAsync(game.Broker, (Exchanges.Results, Alice));
        var token = await game.JoinAsync("alice");

        for (var i = 0; i < 10; i++) { await client.SendAsync(Exchanges.Feeds, Alice, $$"""{"txnId":"{{i}}","monkeys":1}""", token); }

        var limited = (await client.NextAsync(10)).First(told => Status(told) == "RATE_LIMITED");
        limited.Header("code").ShouldBe("14");
        int.Parse(limited.Header("retryAfterMs"), System.Globalization.CultureInfo.InvariantCulture).ShouldBeInRange(1, 1_000);
    }

    [SkippableFact]
    public async Task A_queue_that_refuses_what_it_is_told_disturbs_nobody()
    {
        await using var game = await AmqpGame.StartAsync(await brokers.NewHostAsync());
        await using var door = await game.OpenDoorAsync();
        await using var bad = await BrokerClient.ConnectAsync(game.Broker);
        await using var good = await BrokerClient.ConnectAsync(game.Broker, (Exchanges.Results, Alice));
        await bad.BindFullQueueAsync(Exchanges.Results, "#");
        await bad.BindFullQueueAsync(Exchanges.Rejects, "#");
        var token = await game.JoinAsync("alice");

        for (var i = 0; i < 20; i++)
        {
            await good.SendAsync(Exchanges.Feeds, Alice, $$"""{"txnId":"{{i}}","monkeys":9}""", token);
            await good.SendAsync(Exchanges.Feeds, Alice, "no JSON", null);
        }
        var told = await good.NextAsync(20);
        await good.SendAsync(Exchanges.Feeds, Alice, """{"txnId":"last","monkeys":1}""", token);

        told.Select(TxnId).ShouldBe(Enumerable.Range(0, 20).Select(i => $"{i}"));
        TxnId(await good.NextAsync()).ShouldBe("last");
        door.Refused.ShouldBeGreaterThan(0);
        door.Broken.ShouldBeNull();
    }

    [SkippableFact]
    public async Task A_post_is_scored_as_of_any_door_and_one_without_text_is_set_aside()
    {
        await using var game = await AmqpGame.StartAsync(await brokers.NewHostAsync());
        await using var door = await game.OpenDoorAsync();
        await using var client = await BrokerClient.ConnectAsync(game.Broker, (Exchanges.Rejects, "#"));

        await client.SendAsync(Exchanges.Gibbs, "banana", """{"id":"d8bea2fa29524cb","time":"2018-03-20T18:34:56.789Z","text":"I love #banana, it is good!"}""", null);
        await client.SendAsync(Exchanges.Gibbs, "banana", """{"id":"d8bea2fa29524cb","time":"2018-03-20T18:34:56.789Z","text":""}""", null);
        await client.SendAsync(Exchanges.Gibbs, "mango", """{"text":"I love #banana"}""", null);

        (await client.NextAsync(2)).Select(told => told.Header("code")).ShouldBe(["10", "12"]);
        game.Gibbs.ShouldBe(1);
    }

    private static string Status(Told told) => Field(told, "status");

    private static string TxnId(Told told) => Field(told, "txnId");

    private static string Field(Told told, string name)
    {
        using var json = JsonDocument.Parse(told.Body);
        return json.RootElement.GetProperty(name).GetString()!;
    }
}
