using System.Net.Http.Json;
using System.Text.Json;
using Market.Actors.Audit;
using Market.Actors.Runtime;
using Market.Node.Config;
using Market.Node.Hosting;
using Market.Node.Journals.Sqlite;
using Market.Protocol.Values;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Market.Node.Tests.Hostile;

/// <summary>The real node in this process, on a free port and a folder of its own. Its rates are lifted, so that every input gets as far as it can.</summary>
internal sealed class HostileNode : IAsyncDisposable
{
    private const int Lifted = 100_000_000;

    private readonly string _folder = Directory.CreateTempSubdirectory("hostile-").FullName;
    private readonly WebApplication _app;

    private HostileNode()
    {
        _app = NodeHost.Build(new NodeOptions
        {
            DataFolder = _folder,
            Http = new HttpOptions(Port: 0),
            Markets = [new MarketOptions(Rules, Seed: 7)],
            Bots = new BotOptions(2),
            Limits = new LimitOptions { CommandsPerSecond = Lifted, CommandBurst = Lifted, JoinsPerSecond = Lifted, GibbsPerSecond = Lifted },
        });
    }

    public Uri Address { get; private set; } = null!;

    public MarketNode Node => _app.Services.GetRequiredService<MarketNode>();

    private static MarketRules Rules { get; } = Market(new MarketRules { Market = Id });

    private static MarketId Id => MarketId.TryRead("banana", out var id) ? id : throw new InvalidOperationException();

    public static async Task<HostileNode> StartAsync()
    {
        var node = new HostileNode();
        await node.Node.StartAsync(CancellationToken.None);
        await node._app.StartAsync();
        node.Address = new Uri(node._app.Urls.First());
        return node;
    }

    /// <returns>The new trader's token.</returns>
    public async Task<string> JoinAsync(string name)
    {
        using var http = new HttpClient { BaseAddress = Address };
        using var answer = await http.PostAsJsonAsync("/api/markets/banana/traders", new { team = "BONOBO", name });
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString()!;
    }

    /// <summary>Stops the node and holds its journal against the rules.</summary>
    public async Task<AuditReport> StopAndAuditAsync()
    {
        await _app.StopAsync();
        Node.Dispose();
        using var journal = SqliteJournal.OpenReadOnly(_folder);
        return new JournalAudit(journal, RulesCodec.OfJournal(journal, new MarketRules { Market = Id })!).Run();
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static MarketRules Market(MarketRules rules) => rules with { Price = rules.Price with { TickMs = 100 } };
}
