using Director.Lab.Scenarios;
using Director.LoadScenarios;
using Director.LoadScenarios.Plans;

namespace Director.Tests.LoadTest.Plans;

public sealed class LoadPlanTests
{
    public static TheoryData<string> Names => [.. LoadPlans.All().Select(plan => plan.Name)];

    [Fact]
    public void Names_are_single_words_and_different()
    {
        var names = LoadPlans.All().Select(plan => plan.Name).ToList();

        Assert.Equal(names.Distinct(), names);
        Assert.All(names, name => Assert.DoesNotContain(' ', name));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_plan_says_what_must_hold_of_scenarios_that_it_has_and_events_that_come(string name)
    {
        var plan = Plan(name);

        Assert.NotEmpty(plan.Thresholds);
        Assert.All(plan.Scenarios, scenario => Assert.DoesNotContain(' ', scenario.Name));
        var scenarios = plan.Scenarios.Select(scenario => scenario.Name).Append("");
        Assert.Empty(plan.Thresholds.Select(threshold => threshold.Scenario).Except(scenarios));
        Assert.Equal(plan.Events.OrderBy(happens => happens.At), plan.Events);
        Assert.All(plan.Events, happens => Assert.True(happens.At < plan.Duration));
        Assert.Empty(plan.Thresholds.Select(EventOf).OfType<LabAction>().Except(plan.Events.Select(happens => happens.Action)));
        Assert.All(plan.Scenarios, scenario => Assert.Equal(plan.Duration, scenario.Duration));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_plan_can_be_longer_and_have_more_users(string name)
    {
        var plan = Plan(name);

        var scaled = plan.Scaled(3 * plan.Duration, 2);

        Assert.Equal(3 * plan.Duration, scaled.Duration);
        Assert.Equal(plan.Events.Select(happens => 3 * happens.At), scaled.Events.Select(happens => happens.At));
        Assert.Equal(plan.Scaled(null, 1).Duration, plan.Duration);
    }

    [Fact]
    public void Only_a_plan_in_which_nothing_happens_can_be_shorter()
    {
        Assert.Equal(TimeSpan.FromSeconds(5), Plan("mixed").Scaled(TimeSpan.FromSeconds(5), 1).Duration);
        var tooShort = Assert.Throws<ArgumentOutOfRangeException>(() => Plan("crash").Scaled(TimeSpan.FromSeconds(5), 1));
        Assert.Contains("'crash' takes 40 s at least", tooShort.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Plan("mixed").Scaled(TimeSpan.FromSeconds(1), 1));
    }

    [Fact]
    public void Fewer_users_are_not_nobody()
    {
        var second = TimeSpan.FromSeconds(1);

        Assert.Equal(Simulation.Inject(1, second, second), Simulation.Inject(40, second, second).Scaled(1, 0.001));
        Assert.Equal(Simulation.RampingInject(0, second, 2 * second), Simulation.RampingInject(0, second, second).Scaled(2, 5));
        Assert.Equal(Simulation.KeepConstant(15, second), Simulation.KeepConstant(10, second).Scaled(1, 1.5));
    }

    [Fact]
    public void The_bounds_are_those_of_the_lab()
    {
        Assert.Equal(FailoverBounds.Resignation, LoadBounds.Resignation);
        Assert.Equal(FailoverBounds.Crash, LoadBounds.Crash);
        Assert.Equal(FailoverBounds.Preemption, LoadBounds.Preemption);
    }

    private static LoadPlan Plan(string name) => LoadPlans.All().Single(plan => plan.Name == name);

    private static LabAction? EventOf(Threshold threshold) => threshold switch
    {
        Threshold.ErrorsEnd end => end.After,
        Threshold.TimeWithoutService without => without.After,
        Threshold.NoErrorBefore before => before.Before,
        _ => null,
    };
}
