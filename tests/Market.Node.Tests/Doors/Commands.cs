using System.Globalization;
using System.Text.Json;

namespace Market.Node.Tests.Doors;

/// <summary>Commands as clients write them.</summary>
public static class Commands
{
    public static string Buy(string txnId, long shares) => $$"""{"txnId":{{JsonSerializer.Serialize(txnId)}},"type":"BUY","shares":{{shares}}}""";

    public static string Sell(string txnId, long shares) => $$"""{"txnId":{{JsonSerializer.Serialize(txnId)}},"type":"SELL","shares":{{shares}}}""";

    public static string Feed(string txnId, long monkeys) => $$"""{"txnId":{{JsonSerializer.Serialize(txnId)}},"type":"FEED","monkeys":{{monkeys}}}""";

    public static string Invest(string txnId, decimal coins) =>
        $$"""{"txnId":{{JsonSerializer.Serialize(txnId)}},"type":"INVEST","invested":{{coins.ToString(CultureInfo.InvariantCulture)}}}""";

    public static string Array(params IEnumerable<string> commands) => $"[{string.Join(",", commands)}]";
}
