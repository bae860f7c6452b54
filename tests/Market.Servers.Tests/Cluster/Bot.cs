using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Market.Servers.Tests.Cluster;

/// <summary>A trader from outside that asks whichever node it is told to, and asks again, with the same txnId, until it is answered.</summary>
internal sealed class Bot : IDisposable
{
    private static readonly TimeSpan LongestTrouble = TimeSpan.FromSeconds(60);

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(20) };

    private Bot(string name) => Name = name;

    public string Name { get; }

    /// <summary>What it shows at every door.</summary>
    public string Token { get; private set; } = "";

    /// <summary>Times that an answer was a failure or none, and the command was sent again.</summary>
    public int Repeats { get; private set; }

    /// <summary>Why it was refused last: the code of the HTTP answer, and its body.</summary>
    public (HttpStatusCode Code, string Body) LastRefusal { get; private set; }

    public static async Task<Bot> JoinAsync(Uri node, string name)
    {
        var bot = new Bot(name);
        var joined = await bot.AskAsync(() => bot._http.PostAsJsonAsync(new Uri(node, "api/markets/banana/traders"), new { team = "BONOBO", name }));
        bot.Token = joined.GetProperty("token").GetString()!;
        bot._http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", bot.Token);
        return bot;
    }

    /// <summary>The result of a command, from the first node that gives one.</summary>
    /// <param name="nodes">Asked in turn.</param>
    public Task<JsonElement> DoAsync(string command, params Uri[] nodes)
    {
        var turn = 0;
        return AskAsync(() =>
        {
            var content = new StringContent(command, Encoding.UTF8, "application/json");
            return _http.PostAsync(new Uri(nodes[turn++ % nodes.Length], "api/markets/banana/commands"), content);
        });
    }

    /// <summary>One try, without another: null when it was no result.</summary>
    public async Task<JsonElement?> TryAsync(string command, Uri node)
    {
        using var content = new StringContent(command, Encoding.UTF8, "application/json");
        return await ReadAsync(() => _http.PostAsync(new Uri(node, "api/markets/banana/commands"), content));
    }

    public async Task<JsonElement> StateAsync(Uri node) => await _http.GetFromJsonAsync<JsonElement>(new Uri(node, $"api/markets/banana/traders/BONOBO/{Name}"));

    public void Dispose() => _http.Dispose();

    private async Task<JsonElement> AskAsync(Func<Task<HttpResponseMessage>> ask)
    {
        using var late = new CancellationTokenSource(LongestTrouble);
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (true)
        {
            if (await ReadAsync(ask) is { } answer) { return answer; }
            Repeats++;
            await pause.WaitForNextTickAsync(late.Token);
        }
    }

    private async Task<JsonElement?> ReadAsync(Func<Task<HttpResponseMessage>> ask)
    {
        try
        {
            using var answer = await ask();
            if (answer.IsSuccessStatusCode) { return await answer.Content.ReadFromJsonAsync<JsonElement>(); }
            LastRefusal = (answer.StatusCode, await answer.Content.ReadAsStringAsync());
            return null;
        }
        catch (Exception gone) when (gone is HttpRequestException or TaskCanceledException or IOException)
        {
            return null;
        }
    }
}
