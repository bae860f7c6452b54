using System.Net;
using System.Net.Http.Json;
using Market.Servers;

namespace Market.Browser.Tests;

/// <summary>A cluster of three nodes, each a process, with a private broker and database; the first has the house's bots.</summary>
public sealed class ThreeNodes : IDisposable
{
    private const string AdminToken = "the-organiser-of-the-three";

    private readonly string _folder = Directory.CreateTempSubdirectory("browser-cluster-").FullName;
    private readonly PostgresServer _database;
    private readonly RabbitServer _broker;
    private readonly NodeProcess[] _nodes;

    public ThreeNodes()
    {
        if (!OperatingSystem.IsWindows()) { File.SetUnixFileMode(_folder, File.GetUnixFileMode(_folder) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute); } // root's database is another user
        _database = PostgresServer.Start(In("database"), FreePort.Next());
        _broker = RabbitServer.Start(In("broker"), RabbitPorts.Free());
        _nodes = [NewNode("node-1", "--bots", "8"), NewNode("node-2"), NewNode("node-3")];
        foreach (var node in _nodes) { node.Start(); }
    }

    public IEnumerable<Uri> Doors => _nodes.Select(node => node.Address);

    /// <summary>Ends the market, by any node's door.</summary>
    public async Task EndAsync()
    {
        using var http = new HttpClient { BaseAddress = _nodes[1].Address, DefaultRequestHeaders = { Authorization = new("Bearer", AdminToken) } };
        using var answer = await http.PostAsJsonAsync("api/admin/markets/banana/end", new { });
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    public void Dispose()
    {
        foreach (var node in _nodes) { node.Dispose(); }
        _broker.Kill();
        _broker.Dispose();
        _database.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private string In(string name) => Path.Combine(_folder, name);

    private NodeProcess NewNode(string name, params string[] words) => new(
        Path.Combine(AppContext.BaseDirectory, "monkonomy.dll"), In(name), name, new Dictionary<string, string>
        {
            ["MARKET_RABBITMQ"] = _broker.Address().ToString(),
            ["MARKET_POSTGRES"] = _database.ConnectionString,
            ["MARKET_TOKEN_KEY"] = "a key for tests that is long enough, and no secret",
            ["MARKET_ADMIN_TOKEN"] = AdminToken,
        }, null, words);
}
