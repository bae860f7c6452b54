using System.Security.Cryptography;
using System.Text;

namespace Market.Node.Config;

/// <summary>What a node does for its cluster.</summary>
[Flags]
public enum NodeRoles
{
    None = 0,

    /// <summary>Takes commands and requests, and needs <see cref="Views"/> for that.</summary>
    Door = 1,

    /// <summary>Owns shards.</summary>
    Shards = 2,

    /// <summary>Shows prices, boards and states.</summary>
    Views = 4,

    All = Door | Shards | Views,
}

/// <summary>What clients of the broker get.</summary>
/// <param name="Door">Whether there are exchanges for traders; default true. One cluster of a virtual host has them: their names are the original's.</param>
/// <param name="TraderStates">Whether <c>trader-states</c> tells every trader's state after each change, at most ten times a second; default true.</param>
public sealed record AmqpOptions(bool Door = true, bool TraderStates = true);

/// <summary>The cluster that a node is part of, over a broker and a database.</summary>
public sealed record ClusterOptions
{
    /// <summary>Fewest characters of the key that signs tokens.</summary>
    public const int ShortestTokenKey = 32;

    /// <summary>Of the cluster: what it keeps on the broker and in the database begins with it; default <c>monkonomy</c>.</summary>
    public string Name { get; init; } = "monkonomy";

    /// <summary>This node's own: no two nodes have the same at a time.</summary>
    public required string Node { get; init; }

    /// <summary>What it does for the cluster; default all.</summary>
    public NodeRoles Roles { get; init; } = NodeRoles.All;

    /// <summary>The door for traders over the broker.</summary>
    public AmqpOptions Amqp { get; init; } = new();

    /// <summary>RabbitMQ. From MARKET_RABBITMQ only: it holds a password.</summary>
    public required Uri Broker { get; init; }

    /// <summary>PostgreSQL, as Npgsql writes it. From MARKET_POSTGRES only: it holds a password.</summary>
    public required string Database { get; init; }

    /// <summary>
    /// The same database as the role that owns the journal's tables: makes or changes them at the start, and lets the other role write them. From
    /// MARKET_POSTGRES_OWNER only; null when <see cref="Database"/> may do that itself, or another node does it.
    /// </summary>
    public string? DatabaseOwner { get; init; }

    /// <summary>Signs traders' tokens, the same on all nodes. From MARKET_TOKEN_KEY only.</summary>
    public required byte[] TokenKey { get; init; }

    /// <summary>What the addresses of broker and database hold beside addresses, as it stands there and as it is meant.</summary>
    public IEnumerable<string> Passwords
    {
        get
        {
            var broker = Broker.UserInfo.Split(':', 2) is [_, var password] ? password : "";
            var database = new System.Data.Common.DbConnectionStringBuilder { ConnectionString = Database };
            return [broker, Uri.UnescapeDataString(broker), database.TryGetValue("Password", out var kept) ? kept.ToString()! : ""];
        }
    }

    /// <summary>What the environment says, in the order and with the words of its mistakes.</summary>
    /// <exception cref="ConfigurationException">Names every variable that is missing or wrong.</exception>
    public static ClusterOptions FromEnvironment(string name, string node, NodeRoles roles, Func<string, string?> environment)
    {
        var broker = Needed("MARKET_RABBITMQ", "the broker, e.g. amqp://market:SECRET@127.0.0.1:5672/", text => Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "amqp" or "amqps");
        var database = Needed("MARKET_POSTGRES", "the database, e.g. Host=127.0.0.1;Database=market;Username=market;Password=SECRET", _ => true);
        var key = Needed("MARKET_TOKEN_KEY", $"the key that signs tokens, the same on all nodes, at least {ShortestTokenKey} characters; e.g. from: openssl rand -hex 32", text => text.Length >= ShortestTokenKey);
        string[] wrong = [.. new[] { broker, database, key }.Where(each => each.Wrong is not null).Select(each => each.Wrong!)];
        if (wrong.Length > 0) { throw new ConfigurationException($"cluster.transport is rabbitmq, and so the environment must say:{Environment.NewLine}{string.Join(Environment.NewLine, wrong)}"); }
        return new ClusterOptions
        {
            Name = name,
            Node = node,
            Roles = roles,
            Broker = new Uri(broker.Text),
            Database = database.Text,
            DatabaseOwner = environment("MARKET_POSTGRES_OWNER") is { Length: > 0 } owner ? owner : null,
            TokenKey = SHA256.HashData(Encoding.UTF8.GetBytes(key.Text)),
        };

        (string Text, string? Wrong) Needed(string variable, string what, Predicate<string> right)
        {
            var text = environment(variable) ?? "";
            return (text, text.Length > 0 && right(text) ? null : $"  {variable}: {what}");
        }
    }
}
