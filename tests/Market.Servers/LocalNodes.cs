using System.Security.Cryptography;

namespace Market.Servers;

/// <summary>Nodes of one cluster on this machine, for development: the first with the house's bots, so that the pages live at once.</summary>
internal sealed class LocalNodes(string program, string data, Uri broker, string database) : IDisposable
{
    private const int FirstPort = 5081;

    private const string Bots = "8";

    private readonly List<NodeProcess> _nodes = [];

    /// <summary>Starts so many, one after the other, and says where each is.</summary>
    /// <exception cref="InvalidOperationException">One ended instead; says what it wrote last.</exception>
    public void Start(int count)
    {
        if (count == 0) { return; }
        var environment = new Dictionary<string, string>
        {
            ["MARKET_RABBITMQ"] = broker.ToString(),
            ["MARKET_POSTGRES"] = database,
            ["MARKET_TOKEN_KEY"] = Kept("token-key"),
            ["MARKET_ADMIN_TOKEN"] = Kept("admin-token"),
        };
        for (var number = 1; number <= count; number++)
        {
            var node = new NodeProcess(program, Path.Combine(data, $"node-{number}"), $"node-{number}", environment, FirstPort + number - 1, number == 1 ? ["--bots", Bots] : []);
            _nodes.Add(node);
            node.Start();
            Console.WriteLine($"{node.Name}      {node.Address}, log in {node.Log}");
        }
        Console.WriteLine($"""

            export MARKET_ADMIN_TOKEN=$(cat {Path.Combine(data, "admin-token")})
            """);
    }

    public void Dispose()
    {
        foreach (var node in _nodes) { node.Dispose(); }
    }

    /// <summary>A secret made at the first start.</summary>
    private string Kept(string name)
    {
        var file = Path.Combine(data, name);
        if (!File.Exists(file))
        {
            File.WriteAllText(file, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)));
            if (!OperatingSystem.IsWindows()) { File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite); }
        }
        return File.ReadAllText(file);
    }
}
