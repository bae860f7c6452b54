using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Market.Chaos.Traders;

/// <summary>WebSockets of all nodes.</summary>
internal sealed class SocketDoor(IReadOnlyList<Uri> nodes) : IDoor
{
    public string Kind => "WebSocket";

    public async Task<IConversation> OpenAsync(Pass pass, int attempt, CancellationToken cancel)
    {
        var socket = new ClientWebSocket();
        try
        {
            await socket.ConnectAsync(new UriBuilder(nodes[attempt % nodes.Count]) { Scheme = "ws", Path = "/ws/markets/banana" }.Uri, cancel);
            var conversation = new Conversation(socket);
            await conversation.SendAsync($$$"""{"hello":{"team":"{{{pass.Team}}}","name":"{{{pass.Name}}}","token":"{{{pass.Token}}}","subscribe":["result"]}}""", cancel);
            return conversation;
        }
        catch (Exception gone) when (Conversation.IsLoss(gone))
        {
            socket.Dispose();
            throw new DoorLostException(gone.Message, isRefusal: false, gone);
        }
    }

    private sealed class Conversation(ClientWebSocket socket) : IConversation
    {
        private readonly MemoryStream _whole = new();
        private readonly byte[] _part = new byte[16 * 1024];

        public static bool IsLoss(Exception gone) => gone is WebSocketException or OperationCanceledException or IOException or HttpRequestException;

        public async Task<IReadOnlyList<JsonElement>> AskAsync(IReadOnlyList<string> commands, Action<JsonElement> heard, CancellationToken cancel)
        {
            try
            {
                await SendAsync($"[{string.Join(',', commands)}]", cancel);
                while (true)
                {
                    var frame = await ReceiveAsync(cancel);
                    if (frame.TryGetProperty("results", out var results)) { return [.. results.EnumerateArray()]; }
                    if (frame.TryGetProperty("result", out var result)) { heard(result); }
                    if (frame.TryGetProperty("problem", out var problem)) { throw new DoorLostException(problem.GetRawText(), problem.GetProperty("status").GetInt32() == 503); }
                }
            }
            catch (Exception gone) when (IsLoss(gone))
            {
                throw new DoorLostException(gone.Message, isRefusal: false, gone);
            }
        }

        public Task SendAsync(string text, CancellationToken cancel) => socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, cancel);

        public void Dispose()
        {
            socket.Dispose();
            _whole.Dispose();
        }

        private async Task<JsonElement> ReceiveAsync(CancellationToken cancel)
        {
            _whole.SetLength(0);
            while (true)
            {
                var received = await socket.ReceiveAsync(_part, cancel);
                if (received.MessageType is WebSocketMessageType.Close) { throw new IOException("The node closed the connection."); }
                _whole.Write(_part, 0, received.Count);
                if (!received.EndOfMessage) { continue; }
                using var frame = JsonDocument.Parse(_whole.GetBuffer().AsMemory(0, (int)_whole.Length));
                return frame.RootElement.Clone();
            }
        }
    }
}
