using Market.Node.Doors.WebSockets;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Market.Node.Doors.Http;

// The shapes of the public messages, for the description only: what is read and written is in Market.Protocol's Wire.

/// <summary>One command. BUY and SELL have shares, INVEST has invested, FEED has monkeys.</summary>
public sealed record ApiCommand(string TxnId, string Type, long? Shares, decimal? Invested, long? Monkeys, DateTimeOffset? Time);

public sealed record ApiState(DateTimeOffset Time, decimal Coins, long Shares, int Bailouts, long FedMonkeys, int InFlightInvestments, long Score);

public sealed record ApiResult(string TxnId, string Type, string Status, int Code, string? First, decimal? Price, decimal? Amount, ApiState? State, string? Message);

public sealed record ApiJoin(string Team, string Name, string? Code);

public sealed record ApiJoined(string Team, string Name, string Token, ApiState State);

public sealed record ApiGibb(string Author, string Text);

/// <summary>The head of the description at <c>/openapi/v1.json</c>.</summary>
internal sealed class ApiDescription : IOpenApiDocumentTransformer
{
    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Monkonomy",
            Version = WebSocketDoor.Version,
            Description = "A market of banana shares. Join, trade, feed monkeys. Commands also go by WebSocket at /ws/markets/{market}. "
                + "Every refusal is application/problem+json with the rules' code.",
        };
        return Task.CompletedTask;
    }
}
