namespace Market.Node.Tests.Doors.Http;

/// <summary>Open → running ⇄ paused → ended, by the organiser alone.</summary>
public sealed class AdminTests : IAsyncLifetime
{
    private NodeFixture _node = null!;

    public async Task InitializeAsync() => _node = await NodeFixture.StartAsync(options => options.NotStarted());

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Fact]
    public async Task Market_goes_from_open_to_running_to_paused_and_back_and_ends_for_good()
    {
        await StepAsync("start", "running");
        await StepAsync("pause", "paused");
        await StepAsync("resume", "running");
        await StepAsync("end", "ended");
        foreach (var action in new[] { "start", "pause", "resume", "end" }) { await RefusedAsync(action, "ended"); }
    }

    [Fact]
    public async Task What_does_not_fit_the_status_is_409_and_says_the_status()
    {
        await RefusedAsync("pause", "open");
        await RefusedAsync("resume", "open");
        await StepAsync("start", "running");
        await RefusedAsync("start", "running");
        await RefusedAsync("resume", "running");
        await StepAsync("pause", "paused");
        await RefusedAsync("pause", "paused");
        await RefusedAsync("start", "paused");
        await StepAsync("end", "ended");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("wrong")]
    [InlineData(NodeFixture.AdminToken + "x")]
    public async Task Without_the_organisers_token_nothing_moves(string? token)
    {
        (await _node.AdminAsync("start", token: token)).ShouldBeProblem(401, 11, "UNAUTHORIZED");
        (await _node.AdminAsync("start", market: "papaya", token: token)).ShouldBeProblem(401, 11, "UNAUTHORIZED");
        (await _node.GetAsync("/api/markets/banana")).Json.Text("status").ShouldBe("open");
    }

    [Fact]
    public async Task Traders_token_is_not_the_organisers()
    {
        (await _node.AdminAsync("start", token: (await _node.JoinAsync("alice")).Token)).ShouldBeProblem(401, 11, "UNAUTHORIZED");
    }

    [Fact]
    public async Task Unknown_market_and_unknown_action_are_404()
    {
        (await _node.AdminAsync("start", market: "papaya")).ShouldBeProblem(404, 12, "UNKNOWN_MARKET");
        (await _node.AdminAsync("explode")).ShouldBeProblem(404, null, "NOT_FOUND").Text("detail").ShouldContain("resume");
    }

    [Fact]
    public async Task Token_made_at_the_first_start_is_kept_in_the_data_folder_for_its_owner_only()
    {
        await using var node = await NodeFixture.StartAsync(options => options.NotStarted() with { AdminToken = null });
        var file = Path.Combine(node.Folder, "admin-token");

        if (!OperatingSystem.IsWindows()) { File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite); }
        (await node.AdminAsync("start", token: (await File.ReadAllTextAsync(file)).Trim())).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Dead_letters_are_for_the_organiser()
    {
        using var asked = new HttpRequestMessage(HttpMethod.Get, "/api/admin/dead-letters");
        asked.Headers.Authorization = new("Bearer", NodeFixture.AdminToken);

        (await _node.SendAsync(asked)).Json.Whole("count").ShouldBe(0);
        (await _node.GetAsync("/api/admin/dead-letters")).ShouldBeProblem(401, 11, "UNAUTHORIZED");
    }

    private async Task StepAsync(string action, string status)
    {
        var reply = await _node.AdminAsync(action);
        reply.Status.ShouldBe(200, reply.Text);
        (reply.Json.Text("id"), reply.Json.Text("status")).ShouldBe(("banana", status));
        (await _node.GetAsync("/api/markets/banana")).Json.Text("status").ShouldBe(status);
    }

    private async Task RefusedAsync(string action, string status) =>
        (await _node.AdminAsync(action)).ShouldBeProblem(409, null, "WRONG_STATUS").Text("detail").ShouldContain(status);
}
