using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Market.Node.Doors.Amqp;
using Market.Servers.Tests.Cluster;
using Market.Servers.Tests.Servers;

namespace Market.Servers.Tests.Amqp;

/// <summary>Clients of the broker and three real nodes behind it.</summary>
[Collection(nameof(ThreeNodes))]
public sealed class ClusterDoorTests(ThreeNodes three)
{
    private const string Python = "/usr/bin/python3";

    [SkippableFact]
    public async Task A_trader_in_Python_that_knows_nothing_of_shards_trades_over_the_broker()
    {
        Needed.Server(File.Exists("/usr/lib/python3/dist-packages/pika/__init__.py") ? null : "There is no pika: apt-get install python3-pika.");
        await three.WholeAsync();
        using var bot = await Bot.JoinAsync(three.Doors[0], "python");
        using var trader = Process.Start(new ProcessStartInfo(Python,
        [
            Path.Combine(AppContext.BaseDirectory, "kits", "trader.py"), "--broker", three.Broker.Address().ToString(), "--team", "BONOBO", "--name", "python",
            "--token", bot.Token, "--answers", "4",
        ]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var said = await trader.StandardOutput.ReadToEndAsync();
        await trader.WaitForExitAsync();

        trader.ExitCode.ShouldBe(0, await trader.StandardError.ReadToEndAsync());
        var answers = said.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        answers.Count.ShouldBe(4);
        answers.ShouldAllBe(answer => answer.GetProperty("code").GetInt32() == 0 || answer.GetProperty("code").GetInt32() == 31 || answer.GetProperty("code").GetInt32() == 32);
        answers[0].GetProperty("type").GetString().ShouldBe("FEED");
        var state = await bot.StateAsync(three.Doors[1]);
        state.GetProperty("fedMonkeys").GetInt32().ShouldBe(1);
        state.GetProperty("shares").GetInt32().ShouldBe(answers[^1].GetProperty("state").GetProperty("shares").GetInt32());
    }

    [SkippableFact]
    public async Task The_death_of_the_node_that_takes_commands_from_the_broker_costs_none_and_doubles_none()
    {
        const int Traders = 12;
        const int Each = 200;
        await three.WholeAsync();
        var bots = await Task.WhenAll(Enumerable.Range(0, Traders).Select(i => Bot.JoinAsync(three.Doors[1], $"redelivered-{i}")));
        await using var listener = await BrokerClient.ConnectAsync(three.Broker.Address(), (Exchanges.Results, "banana.BONOBO.#"));
        var answers = new ConcurrentDictionary<(string Trader, string TxnId), ConcurrentBag<string>>();

        var taker = await TakerAsync();
        var killed = 0;
        var sending = Task.WhenAll(bots.Select(bot => SendAsync(bot, Each, () =>
        {
            if (Interlocked.Increment(ref killed) == Traders * Each / 2) { taker.Kill(); }
        })));
        while (answers.Count < Traders * Each)
        {
            var told = await listener.NextAsync();
            if (told.RoutingKey.Contains("redelivered-", StringComparison.Ordinal)) { answers.GetOrAdd((told.RoutingKey, Field(told, "txnId")), _ => []).Add(told.Body); }
        }
        await sending;
        taker.Start();
        await three.WholeAsync();

        answers.Values.ShouldAllBe(all => all.Distinct().Count() == 1);
        var accepted = answers.Values.Count(all => all.First().Contains("\"ACCEPTED\"", StringComparison.Ordinal));
        accepted.ShouldBe(Traders * 5, "each trader had five shares to feed");
        (await Looks.FedAsync(three.Doors[1], "redelivered-")).ShouldBe(accepted);
        foreach (var bot in bots) { bot.Dispose(); }
    }

    [SkippableFact]
    public async Task Prices_are_told_once_by_one_node()
    {
        await three.WholeAsync();
        await using var listener = await BrokerClient.ConnectAsync(three.Broker.Address(), (Exchanges.Prices, "banana"));

        var told = await listener.NextAsync(3);

        var seqs = told.Select(price => long.Parse(price.Header("seq"), CultureInfo.InvariantCulture)).ToList();
        seqs.ShouldBe([seqs[0], seqs[0] + 1, seqs[0] + 2]);
        var shown = await Looks.PriceAsync(three.Doors[2], seqs[1]);
        using var json = JsonDocument.Parse(told[1].Body);
        json.RootElement.EnumerateObject().Select(field => field.Name).ShouldBe(["time", "coins", "forecast"]);
        json.RootElement.GetProperty("coins").GetDouble().ShouldBe(shown.GetProperty("coins").GetDouble());
        json.RootElement.GetProperty("coins").GetRawText().ShouldContain(".");
    }

    [SkippableFact]
    public async Task A_trader_of_any_door_is_told_over_the_broker_what_came_home_and_what_it_has()
    {
        await three.WholeAsync();
        using var bot = await Bot.JoinAsync(three.Doors[0], "investor");
        await using var listener = await BrokerClient.ConnectAsync(
            three.Broker.Address(), (Exchanges.Results, "banana.BONOBO.investor"), (Exchanges.States, "banana.BONOBO.investor"));

        await bot.DoAsync("""{"txnId":"plant","type":"INVEST","invested":1.5}""", three.Doors[1]);

        var told = new List<Told>();
        while (!told.Exists(IsState) || !told.Exists(one => one.Exchange == Exchanges.Results)) { told.Add(await listener.NextAsync()); } // states soon after each other are one
        var home = told.Single(one => one.Exchange == Exchanges.Results);
        (Field(home, "type"), Field(home, "txnId"), Field(home, "status")).ShouldBe(("RETURN", "plant", "ACCEPTED"));
        var amount = double.Parse(home.Header("amount"), CultureInfo.InvariantCulture);
        amount.ShouldBeGreaterThan(1.5);
        (await bot.StateAsync(three.Doors[2])).GetProperty("coins").GetDouble().ShouldBe(8.5 + amount, 0.0000005);

        static bool IsState(Told one) => one.Exchange == Exchanges.States && one.Body.Contains("\"inFlightInvestments\" : 0", StringComparison.Ordinal);
    }

    private async Task SendAsync(Bot bot, int count, Action sent)
    {
        await using var client = await BrokerClient.ConnectAsync(three.Broker.Address());
        for (var i = 0; i < count; i++)
        {
            await client.SendAsync(Exchanges.Feeds, $"banana.BONOBO.{bot.Name}", $$"""{"txnId":"{{i}}","monkeys":1}""", bot.Token);
            sent();
        }
    }

    private static string Field(Told told, string name)
    {
        using var json = JsonDocument.Parse(told.Body);
        return json.RootElement.GetProperty(name).GetString()!;
    }

    /// <summary>The node that has the command queue now, as the broker says it.</summary>
    private async Task<NodeProcess> TakerAsync()
    {
        using var http = new HttpClient { BaseAddress = three.Broker.Management, DefaultRequestHeaders = { Authorization = new("Basic", Convert.ToBase64String("guest:guest"u8)) } };
        var queue = new Exchanges(ThreeNodes.Cluster).CommandQueue;
        NodeProcess? taker = null;
        await Eventually.TrueAsync(async () =>
        {
            var consumers = await http.GetFromJsonAsync<JsonElement>("api/consumers");
            var active = consumers.EnumerateArray().Where(one => one.GetProperty("queue").GetProperty("name").GetString() == queue && one.GetProperty("active").GetBoolean()).ToArray();
            if (active.Length != 1) { return false; } // it counts every few seconds
            var name = Uri.EscapeDataString(active[0].GetProperty("channel_details").GetProperty("connection_name").GetString()!);
            using var answer = await http.GetAsync($"api/connections/{name}");
            if (!answer.IsSuccessStatusCode) { return false; }
            var connection = await answer.Content.ReadFromJsonAsync<JsonElement>();
            taker = three.Nodes.Single(node => node.Name == connection.GetProperty("user_provided_name").GetString());
            return true;
        });
        return taker!;
    }
}
