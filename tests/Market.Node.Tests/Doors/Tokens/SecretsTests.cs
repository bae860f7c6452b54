using Market.Node.Doors.Http;
using Market.Node.Doors.Tokens;

namespace Market.Node.Tests.Doors.Tokens;

public sealed class SecretsTests
{
    [Theory]
    [InlineData("secret", "secret", true)]
    [InlineData("ключ", "ключ", true)]
    [InlineData("secret", "Secret", false)]
    [InlineData("secre", "secret", false)]
    [InlineData("secret ", "secret", false)]
    [InlineData("", "secret", false)]
    [InlineData(null, "secret", false)]
    [InlineData("", "", false)]
    [InlineData(null, "", false)]
    [InlineData(null, null, false)]
    public void Only_the_same_and_never_an_empty_one_is_the_same(string? offered, string? wanted, bool same)
    {
        Secrets.Same(offered, wanted).ShouldBe(same);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Empty_organisers_token_makes_nobody_the_organiser(string? offered)
    {
        new AdminToken("").Is(offered).ShouldBeFalse();
    }

    [Fact]
    public async Task Node_with_an_empty_token_and_an_empty_join_code_is_not_open_to_all()
    {
        await using var node = await NodeFixture.StartAsync(options => options with { AdminToken = "", JoinCode = "" });

        (await node.AdminAsync("pause", token: null)).ShouldBeProblem(401, 11, "UNAUTHORIZED");
        (await node.AdminAsync("pause", token: "")).ShouldBeProblem(401, 11, "UNAUTHORIZED");
        await node.JoinAsync("alice"); // an empty join code is none: open on this machine, and there only
    }
}
